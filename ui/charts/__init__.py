"""Charts as Vega-Lite specifications: table in, chart out, no Streamlit."""

"""What the screen is made of: frame, filters, charts, maps. The only room besides pages that knows Streamlit."""

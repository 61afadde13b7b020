"""Pages for named staff: data by name, each look written down."""

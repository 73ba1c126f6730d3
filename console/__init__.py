"""The web console and the HTTP interface it uses."""

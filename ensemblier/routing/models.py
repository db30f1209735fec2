"""Tables of the orientation: territorial agreements, decision log."""

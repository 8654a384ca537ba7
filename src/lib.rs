//! The Cercle widget.

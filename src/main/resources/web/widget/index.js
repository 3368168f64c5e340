import "./widget.css";

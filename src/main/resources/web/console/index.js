import './console.css';
import './app.js';

import "./sealed.js";

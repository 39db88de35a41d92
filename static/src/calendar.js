// The calendar's page. One module, one behaviour; page.js says what the page hands over.
import './js/calendar/start.js'

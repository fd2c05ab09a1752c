// Reads calendars (a JSON list of texts on standard input) with parsers of other makers and
// writes what each understood. Usage: node read.mjs ical.js|node-ical…
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { readFileSync } from "node:fs";

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description ?? "",
      location: event.location ?? "",
      starts: moment(event.startDate),
      ends: moment(event.endDate),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence ?? 0,
      method: calendar.getFirstPropertyValue("method") ?? "",
      properties: component.getAllProperties().map((property) => property.name),
    };
  });
}

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

function withNodeIcal(text) {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((each) => each.type === "VEVENT");
  return events.map((event) => ({
    uid: event.uid,
    summary: event.summary.val ?? event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    starts: event.start.toISOString(),
    ends: event.end.toISOString(),
    status: event.status,
    sequence: Number(event.sequence ?? 0),
    method: event.method ?? "",
  }));
}

const readers = { "ical.js": withIcalJs, "node-ical": withNodeIcal };
const calendars = JSON.parse(readFileSync(0, "utf8"));
const read = (name) => [name, calendars.map(readers[name])];
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map(read))));

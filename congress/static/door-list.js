// Who is expected on a day, as a device at the doors knows them.
"use strict";

const MAIN = 0; // the main door, which is no item of the programme

class DoorList {
  constructor(fresh) {
    Object.assign(this, fresh);
    this.people = new Map(fresh.people.map(([id, name, organisation, digest, items, came]) => [id, { id, name, organisation, digest, items, came, sought: DoorList.plain(`${name} ${organisation}`) }]));
    this.byDigest = new Map([...this.people.values()].filter((each) => each.digest).map((each) => [each.digest, each]));
  }

  static plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
  }

  // Milliseconds by the clock of the server.
  get time() {
    return Date.now() - this.ahead;
  }

  whose({ person, digest }) {
    return person ? this.people.get(person) : this.byDigest.get(digest);
  }

  note(scan) {
    const person = this.whose(scan);
    if (person) person.came[scan.door] ??= scan.at;
  }

  // What the list says of somebody at a door; the server has the last word.
  judge(person, door, letIn) {
    if (!person) return "unknown";
    if (person.came[door]) return "again";
    return door === MAIN || letIn || person.items.includes(door) ? "came" : "not_booked";
  }

  counted(door) {
    const everybody = [...this.people.values()];
    return [everybody.filter((each) => each.came[door]).length, everybody.filter((each) => door === MAIN || each.items.includes(door)).length];
  }

  find(typed, most) {
    const sought = DoorList.plain(typed.trim()).split(/\s+/).filter(Boolean);
    return [...this.people.values()].filter((each) => sought.every((word) => each.sought.includes(word))).slice(0, most);
  }

  // The names of what somebody has at the time of a door that leads to something else.
  beside(person, door) {
    const here = this.doors.find((each) => each.id === door);
    return this.doors.filter((each) => here?.meets.includes(each.id) && person.items.includes(each.id)).map((each) => each.name);
  }

  // The hour and the minute, where the event is.
  hour(moment) {
    const wanted = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: this.zone };
    const parts = new Intl.DateTimeFormat("en", wanted).formatToParts(moment);
    const [hour, minute] = ["hour", "minute"].map((type) => parts.find((each) => each.type === type).value);
    return [Number(hour), minute];
  }

  code(door) {
    return this.doors.find((each) => each.id === door)?.code ?? "";
  }
}

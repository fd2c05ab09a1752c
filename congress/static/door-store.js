// What a device at the doors keeps: its list and the scans that wait, both encrypted (AES-GCM).
// The key comes with a login, is kept so that no script can read it, and goes with the rest.
"use strict";

class DoorStore {
  static async open(name) {
    const asked = indexedDB.open(`door-${name}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("scans");
    };
    const store = new DoorStore(await done(asked));
    store.key = await store.get("key");
    return store;
  }

  constructor(database) {
    this.database = database;
    this.key = undefined;
  }

  // The mark of this device, the same for as long as nothing is wiped.
  async device() {
    const known = await this.get("device");
    if (known) return known;
    const made = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
    await this.put("device", made);
    return made;
  }

  // Takes the key of this login; what waits under that of an earlier one is written anew.
  async setKey(text) {
    const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const mark = hex(await crypto.subtle.digest("SHA-256", raw));
    if (this.key && mark === (await this.get("mark"))) return;
    const waiting = this.key ? await this.scans() : [];
    this.key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    const sealed = [];
    for (const scan of waiting) sealed.push([scan.uuid, await this.seal(scan)]);
    const change = this.database.transaction(["kept", "scans"], "readwrite");
    change.objectStore("kept").put(this.key, "key");
    change.objectStore("kept").put(mark, "mark");
    change.objectStore("kept").delete("list");
    for (const [uuid, each] of sealed) change.objectStore("scans").put(each, uuid);
    await finished(change);
  }

  async saveList(list) {
    await this.put("list", await this.seal(list));
  }

  async list() {
    const sealed = this.key && (await this.get("list"));
    return sealed ? this.unseal(sealed) : undefined;
  }

  async forgetList() {
    const change = this.database.transaction("kept", "readwrite");
    change.objectStore("kept").delete("list");
    await finished(change);
  }

  // Returns once the scan is on the disk, and fails if there is no room for it.
  async add(scan) {
    const sealed = await this.seal(scan);
    const change = this.database.transaction("scans", "readwrite", { durability: "strict" });
    change.objectStore("scans").put(sealed, scan.uuid);
    await finished(change);
  }

  async scans() {
    const sealed = await done(this.database.transaction("scans").objectStore("scans").getAll());
    const found = await Promise.all(sealed.map((each) => this.unseal(each)));
    return found.sort((one, other) => one.order - other.order);
  }

  async remove(uuids) {
    const change = this.database.transaction("scans", "readwrite");
    for (const uuid of uuids) change.objectStore("scans").delete(uuid);
    await finished(change);
  }

  async wipe() {
    this.key = undefined;
    const change = this.database.transaction(["kept", "scans"], "readwrite");
    change.objectStore("kept").clear();
    change.objectStore("scans").clear();
    await finished(change);
  }

  async seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain) };
  }

  async unseal({ iv, data }) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, data);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  get(name) {
    return done(this.database.transaction("kept").objectStore("kept").get(name));
  }

  async put(name, value) {
    const change = this.database.transaction("kept", "readwrite");
    change.objectStore("kept").put(value, name);
    await finished(change);
  }
}

function done(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function finished(change) {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onabort = change.onerror = () => reject(change.error);
  });
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((each) => each.toString(16).padStart(2, "0")).join("");
}

// Puts a movable map over the server's picture. Without WebGL, or without the map library, the picture stays.
"use strict";

(() => {
  if (window.higoMaps) return;
  window.higoMaps = true;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const series = (index) => colour("--series-" + [2, 3, 4, 8, 1, 6, 7, 5][index % 8]);

  let library;
  /** Loads the map library and its style sheet once for all maps of the page. */
  function load(settings) {
    library ??= new Promise((resolve, reject) => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = settings.style;
      const script = document.createElement("script");
      script.src = settings.library;
      script.onload = () => resolve(window.maplibregl);
      script.onerror = reject;
      document.head.append(sheet, script);
    });
    return library;
  }

  function sources(settings) {
    return Object.fromEntries(settings.layers.map((layer) => [layer.id, {
      type: "vector", tiles: [location.origin + layer.tiles], minzoom: layer.minzoom, maxzoom: layer.maxzoom,
      attribution: layer.kind === "municipalities" ? settings.attribution : "",
    }]));
  }

  function fillColour(settings) {
    const plain = settings.selected
      ? ["case", ["==", ["get", "code"], settings.selected], colour("--rank-2"), colour("--surface")] : colour("--rank-1");
    if (!settings.ranks) return plain;
    const pairs = Object.entries(settings.ranks).flatMap(([code, rank]) =>
      [code, rank === "rank-none" ? colour("--surface") : colour("--" + rank)]);
    return pairs.length ? ["match", ["get", "code"], ...pairs, colour("--surface")] : plain;
  }

  function municipalities(settings, id) {
    const common = { source: id, "source-layer": "municipalities" };
    const width = settings.selected ? ["case", ["==", ["get", "code"], settings.selected], 3, 1] : 1;
    return [
      { ...common, id, type: "fill", paint: { "fill-color": fillColour(settings), "fill-opacity": 0.85 } },
      { ...common, id: id + "-edge", type: "line", paint: { "line-color": colour("--rank-edge"), "line-width": width } },
    ];
  }

  function places(layer, index) {
    const common = { source: layer.id, "source-layer": "places" };
    const shape = (name) => ["==", ["geometry-type"], name];
    const edge = { "circle-stroke-color": colour("--canvas"), "circle-stroke-width": 1 };
    return [
      { ...common, id: layer.id + "-area", type: "fill", filter: shape("Polygon"), paint: { "fill-color": series(index), "fill-opacity": 0.3 } },
      { ...common, id: layer.id + "-line", type: "line", filter: ["!", shape("Point")], paint: { "line-color": series(index), "line-width": 2 } },
      { ...common, id: layer.id, type: "circle", filter: shape("Point"),
        paint: { "circle-color": series(index), "circle-radius": ["interpolate", ["linear"], ["zoom"], 7, 3, 13, 7], ...edge } },
    ];
  }

  function labels(kind, id, size) {
    return {
      id: id + "-label", source: id, "source-layer": kind === "places" ? kind : "municipality-names", type: "symbol", minzoom: kind === "places" ? 13 : 8,
      layout: {
        "text-field": ["get", "name"], "text-size": size, "text-font": ["sans-serif"], "text-optional": true,
        "text-offset": kind === "places" ? [0, 1.1] : [0, 0],
      },
      paint: { "text-color": colour("--text-strong"), "text-halo-color": colour("--canvas"), "text-halo-width": 1.5 },
    };
  }

  function style(settings) {
    const shown = settings.layers.filter((layer) => layer.kind === "places");
    const towns = settings.layers.filter((layer) => layer.kind === "municipalities");
    return {
      version: 8, sources: sources(settings),
      layers: [
        { id: "background", type: "background", paint: { "background-color": colour("--canvas") } },
        ...towns.flatMap((layer) => municipalities(settings, layer.id)),
        ...shown.flatMap(places),
        ...towns.map((layer) => labels("municipalities", layer.id, 14)),
        ...shown.map((layer) => labels("places", layer.id, 14)),
      ],
    };
  }

  /** The names of the library's own controls in the reader's language. */
  function locale(settings) {
    const { words } = settings;
    return {
      "Map.Title": settings.title, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut,
      "NavigationControl.ResetBearing": words.resetBearing, "AttributionControl.ToggleAttribution": words.attribution,
      "Popup.Close": words.popupClose,
    };
  }

  function popup(map, settings, at, properties) {
    const name = document.createElement("p");
    name.textContent = properties.name;
    const link = document.createElement("a");
    link.href = properties.code ? settings.townPath + properties.code : settings.entityPath + encodeURIComponent(properties.id);
    link.textContent = settings.words.more;
    link.setAttribute("aria-label", settings.words.more + ": " + properties.name);
    const more = document.createElement("p");
    more.append(link);
    const box = document.createElement("div");
    box.append(name, more);
    new maplibregl.Popup({ maxWidth: "20rem" }).setLngLat(at).setDOMContent(box).addTo(map);
  }

  function listen(map, settings) {
    const first = new Set(settings.layers.flatMap((layer) => [layer.id, layer.id + "-area", layer.id + "-line"]));
    const found = (point) => map.queryRenderedFeatures(point).filter((feature) => first.has(feature.layer.id))
      .sort((a, b) => (a.sourceLayer === "places" ? 0 : 1) - (b.sourceLayer === "places" ? 0 : 1))[0];
    map.on("click", (event) => {
      const feature = found(event.point);
      if (feature) popup(map, settings, event.lngLat, feature.properties);
    });
    map.on("mousemove", (event) => { map.getCanvas().style.cursor = found(event.point) ? "pointer" : ""; });
  }

  /** Draws out of sight first, so that the picture is there until the map is. */
  function draw(box, settings, gl) {
    const canvas = document.createElement("div");
    canvas.className = "map-canvas";
    canvas.dataset.waiting = "";
    const picture = box.querySelector(".map-fallback");
    box.insertBefore(canvas, picture);
    const [west, south, east, north] = settings.area;
    let map;
    try {
      map = new gl.Map({
        container: canvas, style: style(settings), bounds: [[west, south], [east, north]], fitBoundsOptions: { padding: 16 },
        maxZoom: 18, minZoom: 5, dragRotate: false, pitchWithRotate: false, cooperativeGestures: false,
        attributionControl: { compact: false }, locale: locale(settings), localIdeographFontFamily: "sans-serif",
        fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
      });
    } catch (error) {
      canvas.remove();
      throw error;
    }
    map.touchZoomRotate.disableRotation();
    map.addControl(new gl.NavigationControl({ showCompass: false }));
    map.once("load", () => {
      if (settings.coversPicture) box.dataset.covered = "";
      delete canvas.dataset.waiting;
      map.resize();
      map.fitBounds([[west, south], [east, north]], { padding: 16, animate: false });
    });
    map.on("idle", () => { box.dataset.ready = "map"; });
    listen(map, settings);
  }

  async function start(box) {
    const settings = JSON.parse(box.dataset.map);
    try {
      draw(box, settings, await load(settings));
    } catch {
      const status = box.querySelector(".map-status");
      if (status) status.textContent = status.dataset.unavailable;
      box.dataset.ready = "picture";
    }
  }

  function begin() {
    for (const box of document.querySelectorAll(".map-view[data-map]")) {
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        start(box);
      }, { rootMargin: "200px" });
      seen.observe(box);
    }
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();

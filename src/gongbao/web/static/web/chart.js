// Draws the charts of a page. Without it the table behind each chart is open.
"use strict";

function options(data) {
  const labels = { type: "category", data: data.labels };
  const bars = data.kind === "bar";
  const numbers = { type: "value", name: data.unit, scale: !bars }; // a bar begins at 0, a line need not
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 64, top: 40, bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0 } : undefined,
    tooltip: { trigger: "axis", confine: true },
    xAxis: bars ? numbers : labels,
    yAxis: bars ? { ...labels, inverse: true } : numbers,
    series: data.series.map((one) => ({
      type: data.kind,
      name: one.name,
      data: one.values,
      color: one.colour,
      label: { show: true, position: bars ? "right" : "top" },
    })),
  };
}

document.querySelectorAll("[data-chart]").forEach((figure) => {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const drawing = figure.querySelector(".chart-drawing");
  drawing.hidden = false;
  if (data.kind === "bar") drawing.style.height = `${80 + 36 * data.labels.length * data.series.length}px`;
  figure.querySelector("details").open = false;
  const chart = window.echarts.init(drawing);
  chart.setOption(options(data));
  new ResizeObserver(() => chart.resize()).observe(drawing);
});

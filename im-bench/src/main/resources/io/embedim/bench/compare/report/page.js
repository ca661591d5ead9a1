'use strict';
// Draws all charts that the page carries as data, in its colours, and again when these change.
const charts = JSON.parse(document.getElementById('data').textContent);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name.toLowerCase()).trim();
const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 5]];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect'];

function short(value) {
  if (value >= 1e6) return +(value / 1e6).toPrecision(3) + ' M';
  if (value >= 1e4) return +(value / 1e3).toPrecision(3) + ' k';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(+value.toPrecision(3));
}

function text() {
  return { color: colour('text'), fontFamily: 'system-ui, sans-serif' };
}

function axis(more) {
  return Object.assign({
    nameTextStyle: { color: colour('soft') },
    axisLabel: { color: colour('text'), formatter: short, hideOverlap: true },
    axisLine: { lineStyle: { color: colour('line') } },
    splitLine: { lineStyle: { color: colour('line') } },
  }, more);
}

// From the least to the most of all rounds, and the median as a number behind it.
function whisker(bars, at) {
  return (params, api) => {
    const bar = bars[params.dataIndex], index = api.value(0);
    const least = api.coord([api.value(1), index]), most = api.coord([api.value(2), index]);
    const y = least[1] + at(bar) * api.size([0, 1])[1];
    const style = { stroke: colour('text'), lineWidth: 1.2, opacity: 0.75 };
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    const number = { type: 'text', style: { text: short(bar.value), x: most[0] + 7, y, verticalAlign: 'middle', fill: colour('text'), fontSize: 11 } };
    if (most[0] - least[0] < 1) return number;
    return { type: 'group', children: [number, line(least[0], y, most[0], y), line(least[0], y - 3, least[0], y + 3), line(most[0], y - 3, most[0], y + 3)] };
  };
}

function bars(chart, place) {
  const names = [...new Set(chart.bars.map((bar) => bar.name))];
  const groups = [...new Set(chart.bars.map((bar) => bar.group))].reverse();
  place.style.height = 70 + names.length * (groups.length > 1 ? 34 : 26) + 'px';
  const values = chart.bars.map((bar) => bar.value).filter((value) => value > 0);
  // Where one is many times another, the small ones could not be told apart. The library's logarithmic bars begin at 1, so these are made by hand.
  const log = values.length > 1 && Math.max(...values) / Math.min(...values) > 60;
  const from = log ? Math.pow(10, Math.floor(Math.log10(Math.min(...values) * 0.9))) : 1;
  const there = (value) => (log ? Math.log10(Math.max(value, from) / from) : value);
  const back = (place) => (log ? from * Math.pow(10, place) : place);
  const strength = (at) => (groups.length > 1 && at === 0 ? 0.5 : 1);
  const series = groups.map((group, at) => ({
    name: group,
    type: 'bar',
    barCategoryGap: '32%',
    barGap: '0%',
    itemStyle: { color: colour('soft'), opacity: strength(at) },
    data: names.map((name) => {
      const bar = chart.bars.find((each) => each.name === name && each.group === group);
      if (!bar) return null;
      return { value: there(bar.value), itemStyle: { color: colour(bar.family), opacity: strength(at), borderRadius: [0, 3, 3, 0] } };
    }),
  }));
  const at = (bar) => 0.68 * ((groups.indexOf(bar.group) + 0.5) / groups.length - 0.5);
  const data = chart.bars.map((bar) => [names.indexOf(bar.name), there(bar.least), there(bar.most)]);
  series.push({ type: 'custom', renderItem: whisker(chart.bars, at), data, encode: { x: [1, 2], y: 0 }, z: 5, silent: true, tooltip: { show: false } });
  const tip = (items) => names[items[0].dataIndex] + chart.bars.filter((bar) => bar.name === names[items[0].dataIndex]).reverse()
    .map((bar) => '<br>' + (groups.length > 1 ? bar.group + ': ' : '') + short(bar.value) + ' ' + chart.x + (bar.most > bar.least ? ' (' + short(bar.least) + '–' + short(bar.most) + ')' : '')).join('');
  return {
    grid: { left: 8, right: 64, top: groups.length > 1 ? 28 : 8, bottom: 28, containLabel: true },
    legend: groups.length > 1 ? { data: groups, top: 0, left: 0, textStyle: text(), selectedMode: false } : undefined,
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tip },
    xAxis: axis({ type: 'value', min: 0, minInterval: log ? 1 : 0, axisLabel: { color: colour('text'), hideOverlap: true, formatter: (value) => short(back(value)) }, name: chart.x + (log ? ' (logarithmic)' : ''), nameLocation: 'middle', nameGap: 26 }),
    yAxis: axis({ type: 'category', data: names, axisLabel: { color: colour('text'), interval: 0 }, splitLine: { show: false }, axisTick: { show: false } }),
    series,
  };
}

function percentile(x) {
  return x <= 1 ? '0' : 'p' + String(+(100 - 100 / x).toFixed(6));
}

function lines(chart, place) {
  const narrow = place.clientWidth < 500;
  const rows = Math.ceil(chart.lines.length / (narrow ? 2 : 3));
  place.style.height = 300 + (chart.lines.length > 1 ? rows * 22 : 0) + 'px';
  const seen = {};
  const series = chart.lines.map((line) => {
    const at = seen[line.family] = (seen[line.family] ?? -1) + 1;
    const style = { color: colour(line.family), width: line.family === 'OURS' ? 2.5 : 1.5, type: DASHES[at % DASHES.length] };
    return {
      name: line.name, type: 'line', data: line.points, lineStyle: style, itemStyle: { color: style.color },
      symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: 7, showSymbol: !chart.percentiles, z: line.family === 'OURS' ? 4 : 2,
    };
  });
  const x = { type: chart.logX ? 'log' : 'value', name: chart.x, nameLocation: 'middle', nameGap: 26, min: 'dataMin', max: 'dataMax' };
  if (chart.percentiles) Object.assign(x, { min: 1, max: 'dataMax', axisLabel: { color: colour('text'), formatter: percentile, hideOverlap: true } });
  return {
    grid: { left: 12, right: 20, top: 26, bottom: 30 + (chart.lines.length > 1 ? rows * 22 : 0), containLabel: true },
    legend: chart.lines.length > 1 ? { bottom: 0, left: 0, right: 0, itemWidth: 28, itemGap: 8, textStyle: Object.assign(text(), { fontSize: 11 }) } : undefined,
    tooltip: {
      trigger: 'item',
      formatter: (item) => item.seriesName + '<br>' + (chart.percentiles ? percentile(item.value[0]) : short(item.value[0]) + ' ' + chart.x) + ': ' + short(item.value[1]) + ' ' + chart.y,
    },
    xAxis: axis(x),
    yAxis: axis({ type: chart.logY ? 'log' : 'value', name: chart.y, nameTextStyle: { color: colour('soft'), align: 'left' } }),
    series,
  };
}

const drawn = new Map();

function draw() {
  for (const chart of charts) {
    const place = document.getElementById(chart.id);
    if (!place) continue;
    drawn.get(chart.id)?.dispose();
    const option = chart.type === 'bars' ? bars(chart, place) : lines(chart, place);
    const view = echarts.init(place, null, { renderer: 'svg' });
    const tip = { backgroundColor: colour('card'), borderColor: colour('line'), textStyle: text(), confine: true };
    view.setOption(Object.assign({ animation: false, textStyle: text(), backgroundColor: 'transparent' }, option, { tooltip: Object.assign(tip, option.tooltip) }));
    drawn.set(chart.id, view);
  }
}

draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
let waiting;
addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(draw, 150); });

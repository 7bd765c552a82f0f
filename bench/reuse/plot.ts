/** Accuracy by number of labels, a panel for each task, as SVG. */
import type { CustomSeriesRenderItem } from 'echarts';
import { init } from 'echarts';
import { estimate } from '../statistics';
import { type Domain, WAYS, type Way } from './domains';
import { accuraciesOf, type Result } from './runs';

const LOOKS: Record<Way, { colour: string; name: string }> = {
  scratch: { colour: '#6b7280', name: 'from scratch' },
  frozen: { colour: '#2563eb', name: 'reused, frozen' },
  tuned: { colour: '#c2410c', name: 'reused, learning on' },
  beside: { colour: '#15803d', name: 'a fresh encoder beside it' },
};
const [WIDTH, HEIGHT] = [420, 300];

export function plot(domains: Domain[], results: Result[]): string {
  const panels = domains.flatMap((domain) =>
    domain.tasks.map((task) => ({ domain, task, title: title(domain.title, task, domain.tasks.length) })),
  );
  const columns = 2;
  const rows = Math.ceil(panels.length / columns);
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: columns * WIDTH,
    height: rows * HEIGHT + 40,
  });
  const at = (panel: number) => ({
    left: (panel % columns) * WIDTH + 50,
    top: Math.floor(panel / columns) * HEIGHT + 76,
  });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    legend: { top: 8, itemGap: 30, data: WAYS.map((way) => LOOKS[way].name) },
    title: panels.map((panel, i) => ({
      text: panel.title,
      left: at(i).left,
      top: at(i).top - 30,
      textStyle: { fontSize: 13, fontWeight: 'bold' },
    })),
    grid: panels.map((_, i) => ({ ...at(i), width: WIDTH - 70, height: HEIGHT - 90 })),
    xAxis: panels.map((_, i) => ({
      type: 'log',
      gridIndex: i,
      min: 8,
      max: 1200,
      axisLabel: { showMinLabel: false, showMaxLabel: false },
      name: 'labels',
      nameLocation: 'middle',
      nameGap: 24,
    })),
    yAxis: panels.map((_, i) => ({ type: 'value', gridIndex: i, scale: true, splitNumber: 4 })),
    series: panels.flatMap(({ domain, task }, panel) =>
      domain.ways.flatMap((way) => {
        const points = domain.budgets.map((labels) => {
          const { mean, margin } = estimate(accuraciesOf(results, domain, task, way, labels));
          return [labels, mean, mean - margin, mean + margin];
        });
        const common = { xAxisIndex: panel, yAxisIndex: panel, data: points };
        const { colour, name } = LOOKS[way];
        return [
          { ...common, type: 'line' as const, name, symbolSize: 5, itemStyle: { color: colour } },
          { ...common, type: 'custom' as const, itemStyle: { color: colour }, renderItem: whisker(colour) },
        ];
      }),
    ),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

function title(domain: string, task: string, tasks: number): string {
  const short = domain.replace(/, from .*/, '').replace(', two tasks', '');
  return tasks > 1 ? `${short}: ${task}` : short;
}

/** A line from one end of the interval to the other. */
function whisker(colour: string): CustomSeriesRenderItem {
  return (_, api) => {
    const [low, high] = [2, 3].map((end) => api.coord([api.value(0), api.value(end)]));
    return {
      type: 'line',
      shape: { x1: low![0]!, y1: low![1]!, x2: high![0]!, y2: high![1]! },
      style: { stroke: colour, lineWidth: 1, opacity: 0.6 },
    };
  };
}

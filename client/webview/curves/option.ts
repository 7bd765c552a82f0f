import type { LineSeriesOption } from 'echarts/charts';
import type {
  GridComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { RunState } from '../../../protocol/runs/fold';
import { valueText } from '../../../protocol/runs/words';
import { type MetricChart, type Point, pointsOf, smoothed, stepsPerEpoch } from './charts';
import type { ChartTheme } from './theme';

export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | TooltipComponentOption | MarkLineComponentOption
>;

/** Everything that ECharts needs to draw one metric. */
export function chartOption(
  chart: MetricChart,
  state: RunState,
  smooth: boolean,
  theme: ChartTheme,
): ChartOption {
  const perEpoch = stepsPerEpoch(state);
  const steps = pointsOf(chart.curves.steps, perEpoch);
  const train = pointsOf(chart.curves.train, perEpoch);
  const validation = pointsOf(chart.curves.validation, perEpoch);
  const best = state.bestEpoch && perEpoch && state.epochsDone.length > 1 ? state.bestEpoch : undefined;
  const lines: Line[] = [
    { name: 'training, in steps', color: theme.training, points: smooth ? smoothed(steps) : steps },
    { name: 'training', color: theme.training, points: train },
    { name: 'validation', color: theme.validation, points: validation },
  ];
  return {
    animation: false,
    grid: { left: 4, right: 10, top: 18, bottom: 2, containLabel: true },
    textStyle: { fontFamily: theme.font, color: theme.dim },
    tooltip: tooltip(theme, lines, perEpoch !== undefined),
    xAxis: {
      type: 'value',
      min: 0,
      max: 'dataMax',
      minInterval: 1,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: theme.grid } },
      axisTick: { show: false },
      axisLabel: {
        color: theme.dim,
        fontSize: 11,
        hideOverlap: true,
        showMaxLabel: true,
        formatter: wholeNumber,
      },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      max: shareTop([...steps, ...train, ...validation]),
      splitLine: { lineStyle: { color: theme.grid, opacity: 0.5 } },
      axisLabel: { color: theme.dim, fontSize: 11, formatter: (value: number) => axisText(value) },
    },
    series: [
      drawn(lines[0]!, {
        showSymbol: false,
        lineStyle: { width: 1.2, opacity: train.length > 0 ? 0.45 : 1 },
      }),
      drawn(lines[1]!, { symbol: 'circle', lineStyle: { width: 1.8 } }),
      drawn(lines[2]!, {
        symbol: 'diamond',
        symbolSize: 6,
        lineStyle: { width: 1.8, type: [5, 3] },
        ...(best === undefined ? {} : { markLine: bestLine(best, theme) }),
      }),
    ],
  };
}

interface Line {
  name: string;
  color: string;
  points: Point[];
}

/** More points than this would hide the line below their symbols. */
const SYMBOLS = 60;

function drawn({ name, color, points }: Line, more: LineSeriesOption): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: points,
    itemStyle: { color },
    symbolSize: 4.5,
    showSymbol: points.length <= SYMBOLS,
    emphasis: { disabled: true },
    sampling: 'lttb',
    ...more,
  };
}

function bestLine(epoch: number, theme: ChartTheme): LineSeriesOption['markLine'] {
  return {
    silent: true,
    symbol: 'none',
    data: [{ xAxis: epoch }],
    lineStyle: { color: theme.dim, type: 'dotted', width: 1 },
    label: { formatter: 'best', color: theme.dim, fontSize: 10, position: 'end', rotate: 0, distance: 3 },
  };
}

/** The newest values at the pointer, built from elements: the page allows no inline styles in HTML. */
function tooltip(theme: ChartTheme, lines: readonly Line[], inEpochs: boolean): TooltipComponentOption {
  return {
    trigger: 'axis',
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.background,
    borderColor: theme.border,
    borderWidth: 1,
    padding: [4, 8],
    textStyle: { color: theme.foreground, fontSize: 12, fontFamily: theme.font },
    axisPointer: { lineStyle: { color: theme.dim, type: 'solid', width: 1 }, label: { show: false } },
    formatter: (given) => {
      const [row] = Array.isArray(given) ? given : [given];
      const x = Array.isArray(row?.value) ? Number(row.value[0]) : Number.NaN;
      const box = document.createElement('div');
      box.className = 'chart-tooltip';
      const title = inEpochs ? `epoch ${Number(x.toFixed(2))}` : `step ${Math.round(x)}`;
      box.append(Object.assign(document.createElement('strong'), { textContent: title }));
      for (const { name, color, points } of lines) {
        const y = points.findLast(([at]) => at <= x + 1e-9)?.[1];
        if (y === undefined || y === null) continue;
        const entry = document.createElement('div');
        const mark = document.createElement('i');
        mark.style.background = color;
        const value = Object.assign(document.createElement('b'), { textContent: valueText(y) });
        entry.append(mark, name, value);
        box.append(entry);
      }
      return box;
    },
  };
}

/** Shares such as an accuracy end at 1, not at the next round number above. */
function shareTop(points: readonly Point[]): number | undefined {
  const values = points.flatMap(([, y]) => (y === null ? [] : [y]));
  const top = Math.max(0, ...values);
  return top > 0.8 && top <= 1 && Math.min(...values) >= 0 ? 1 : undefined;
}

function axisText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(0);
  return String(Number(value.toPrecision(4)));
}

function wholeNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : '';
}

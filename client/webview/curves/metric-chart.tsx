import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { RunState } from '../../../protocol/runs/fold';
import { valueText } from '../../../protocol/runs/words';
import { chartText, lastValue, type MetricChart } from './charts';
import { chartOption } from './option';
import type { ChartTheme } from './theme';

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, SVGRenderer]);

/** The curves of one metric, training against validation. */
export function MetricChartView(props: {
  chart: MetricChart;
  state: RunState;
  smooth: boolean;
  theme: ChartTheme;
}) {
  const { chart, state, smooth, theme } = props;
  const element = useRef<HTMLDivElement>(null);
  const instance = useRef<EChartsType>(undefined);

  useEffect(() => {
    const root = element.current!;
    const drawn = init(root, undefined, { renderer: 'svg' });
    instance.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(root);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);

  // The state changes in place, so every drawing of this component may bring new points.
  useEffect(() => {
    instance.current?.setOption(chartOption(chart, state, smooth, theme));
  });

  const train = lastValue(chart.curves.train) ?? lastValue(chart.curves.steps);
  const validation = lastValue(chart.curves.validation);
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-title">
          {chart.task && <span className="dim">{chart.task} </span>}
          {chart.title}
        </span>
        {train !== undefined && (
          <span className="key training" title="training">
            <span className="visually-hidden">training</span> {valueText(train)}
          </span>
        )}
        {validation !== undefined && (
          <span className="key validation" title="validation">
            <span className="visually-hidden">validation</span> {valueText(validation)}
          </span>
        )}
      </figcaption>
      <div ref={element} className="canvas" role="img" aria-label={chartText(chart)} />
    </figure>
  );
}

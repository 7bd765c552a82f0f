export { baselines, type Contestant } from '../bench/baselines';

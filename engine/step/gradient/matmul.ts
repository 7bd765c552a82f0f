import type { Contribution, Rules } from './rule';

/** With C = A B: dA = dC Bᵀ and dB = Aᵀ dC; a transposed operand gets the transpose of that. */
export const matmul: Rules<'matmul'> = {
  matmul: ({ b, instruction, gradient, needs }) => {
    const { left, right, transposeLeft, transposeRight } = instruction;
    const contributions: Contribution[] = [];
    if (needs(left)) {
      contributions.push({
        to: left,
        gradient: transposeLeft
          ? b.matmul(right, gradient, transposeRight, true)
          : b.matmul(gradient, right, false, !transposeRight),
      });
    }
    if (needs(right) && !transposeLeft && !transposeRight && b.rank(left) === 2) {
      contributions.push({ to: right, left, right: gradient });
    } else if (needs(right)) {
      contributions.push({
        to: right,
        gradient: transposeRight
          ? b.matmul(gradient, left, true, transposeLeft)
          : b.matmul(left, gradient, !transposeLeft, false),
      });
    }
    return contributions;
  },
};

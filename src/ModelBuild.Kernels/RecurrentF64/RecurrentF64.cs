using System;

namespace ModelBuild.Kernels;

/// <summary>
/// One direction of ONNX LSTM, GRU and RNN of 64-bit floats, from the products of the inputs with the weights on. These are rare: plain loops, whose sums go in the order
/// of the hidden values. Weights are as in the model, [gates * Hidden, Hidden].
/// </summary>
internal static class RecurrentF64
{
    /// <summary>Long short-term memory; the gates are i, o, f and c. Operands as in <c>LstmF32.Run</c>.</summary>
    public static void Lstm(
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> initialHidden,
        ReadOnlySpan<double> initialCell,
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<double> peepholes,
        Span<double> scratch, // [Hidden]
        Span<double> y,
        Span<double> hidden,
        Span<double> cell,
        in RecurrentShape shape,
        bool couples,
        in RecurrentActivation f,
        in RecurrentActivation g,
        in RecurrentActivation h)
    {
        int n = shape.Hidden;
        Start(initialHidden, hidden);
        Start(initialCell, cell);
        y.Clear();
        for (int b = 0; b < shape.Batch; b++)
        {
            int length = shape.LengthOf(lengths, b);
            Span<double> state = hidden.Slice(b * n, n);
            for (int step = 0; step < length; step++)
            {
                int row = shape.RowOf(step, length, b);
                ReadOnlySpan<double> x = inputs.Slice(row * 4 * n, 4 * n);
                for (int j = 0; j < n; j++)
                {
                    ref double c = ref cell[(b * n) + j];
                    double i = x[j] + Product(weights, j, state);
                    double o = x[n + j] + Product(weights, n + j, state);
                    double forget = x[(2 * n) + j] + Product(weights, (2 * n) + j, state);
                    double candidate = x[(3 * n) + j] + Product(weights, (3 * n) + j, state);
                    if (!peepholes.IsEmpty)
                    {
                        i += peepholes[j] * c;
                        forget += peepholes[(2 * n) + j] * c;
                    }

                    i = Of(f, i, shape.Clip);
                    forget = couples ? 1 - i : Of(f, forget, shape.Clip);
                    c = (forget * c) + (i * Of(g, candidate, shape.Clip));
                    o = peepholes.IsEmpty ? o : o + (peepholes[n + j] * c);
                    scratch[j] = Of(f, o, shape.Clip) * Of(h, c, double.PositiveInfinity);
                }

                scratch[..n].CopyTo(state);
                state.CopyTo(y.Slice(row * n, n));
            }
        }
    }

    /// <summary>Gated recurrent units; the gates are z, r and h. Operands as in <c>GruF32.Run</c>.</summary>
    public static void Gru(
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> recurrentBias,
        ReadOnlySpan<double> initial,
        ReadOnlySpan<int> lengths,
        Span<double> scratch, // [3, Hidden]
        Span<double> y,
        Span<double> hidden,
        in RecurrentShape shape,
        bool resetsProduct,
        in RecurrentActivation f,
        in RecurrentActivation g)
    {
        int n = shape.Hidden;
        Span<double> update = scratch[..n], reset = scratch.Slice(n, n), next = scratch.Slice(2 * n, n);
        Start(initial, hidden);
        y.Clear();
        for (int b = 0; b < shape.Batch; b++)
        {
            int length = shape.LengthOf(lengths, b);
            Span<double> state = hidden.Slice(b * n, n);
            for (int step = 0; step < length; step++)
            {
                int row = shape.RowOf(step, length, b);
                ReadOnlySpan<double> x = inputs.Slice(row * 3 * n, 3 * n);
                for (int j = 0; j < n; j++)
                {
                    update[j] = Of(f, x[j] + Product(weights, j, state), shape.Clip);
                    double r = Of(f, x[n + j] + Product(weights, n + j, state), shape.Clip);

                    // What the last gate gets: the product, times r; or the product with the state times r.
                    double bias = recurrentBias.IsEmpty ? 0 : recurrentBias[j];
                    reset[j] = resetsProduct ? r * (Product(weights, (2 * n) + j, state) + bias) : r * state[j];
                }

                for (int j = 0; j < n; j++)
                {
                    double product = resetsProduct ? reset[j] : Product(weights, (2 * n) + j, reset);
                    next[j] = ((1 - update[j]) * Of(g, x[(2 * n) + j] + product, shape.Clip)) + (update[j] * state[j]);
                }

                next.CopyTo(state);
                state.CopyTo(y.Slice(row * n, n));
            }
        }
    }

    /// <summary>A simple recurrent layer. Operands as in <c>RnnF32.Run</c>.</summary>
    public static void Rnn(
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> initial,
        ReadOnlySpan<int> lengths,
        Span<double> scratch, // [Hidden]
        Span<double> y,
        Span<double> hidden,
        in RecurrentShape shape,
        in RecurrentActivation f)
    {
        int n = shape.Hidden;
        Start(initial, hidden);
        y.Clear();
        for (int b = 0; b < shape.Batch; b++)
        {
            int length = shape.LengthOf(lengths, b);
            Span<double> state = hidden.Slice(b * n, n);
            for (int step = 0; step < length; step++)
            {
                int row = shape.RowOf(step, length, b);
                for (int j = 0; j < n; j++)
                {
                    scratch[j] = Of(f, inputs[(row * n) + j] + Product(weights, j, state), shape.Clip);
                }

                scratch[..n].CopyTo(state);
                state.CopyTo(y.Slice(row * n, n));
            }
        }
    }

    private static void Start(ReadOnlySpan<double> initial, Span<double> states)
    {
        states.Clear();
        initial.CopyTo(states);
    }

    private static double Product(ReadOnlySpan<double> weights, int row, ReadOnlySpan<double> state)
    {
        ReadOnlySpan<double> factors = weights.Slice(row * state.Length, state.Length);
        double sum = 0;
        for (int k = 0; k < factors.Length; k++)
        {
            sum = Math.FusedMultiplyAdd(factors[k], state[k], sum);
        }

        return sum;
    }

    private static double Of(in RecurrentActivation function, double x, double clip)
    {
        x = -clip > x ? -clip : clip < x ? clip : x;
        double alpha = function.Alpha, beta = function.Beta;
        return (RecurrentFunction)function.Function switch
        {
            RecurrentFunction.Sigmoid => x >= 0 ? 1 / (1 + MathF64.Exp(-x)) : MathF64.Exp(x) / (1 + MathF64.Exp(x)),
            RecurrentFunction.Tanh => MathF64.Tanh(x),
            RecurrentFunction.Relu => x < 0 ? 0 : x,
            RecurrentFunction.Affine => (alpha * x) + beta,
            RecurrentFunction.LeakyRelu => x < 0 ? alpha * x : x,
            RecurrentFunction.ThresholdedRelu => x > alpha ? x : 0,
            RecurrentFunction.ScaledTanh => alpha * MathF64.Tanh(beta * x),
            RecurrentFunction.HardSigmoid => Math.Min(Math.Max((alpha * x) + beta, 0), 1),
            RecurrentFunction.Elu => x < 0 ? alpha * MathF64.ExpMinusOne(x) : x,
            RecurrentFunction.Softsign => x / (1 + Math.Abs(x)),
            _ => Math.Max(x, 0) + MathF64.LogOnePlus(MathF64.Exp(-Math.Abs(x))),
        };
    }
}

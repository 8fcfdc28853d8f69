using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Pad with mode "constant": the input surrounded by a value, or cropped where a pad is negative. y may not overlap x.
/// </summary>
internal static class PadConstant
{
    /// <summary>Pads with a value that the run computes.</summary>
    public static void RunWith<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> value, Span<T> y, in PadShape shape) => Run(x, y, value[0], shape);

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, T value, in PadShape shape)
    {
        y.Fill(value);

        // What of the input arrives in the output, where it begins in either, and how both move along its axes.
        Axes lengths = shape.Lengths;
        Axes before = shape.Before;
        Axes after = shape.After;
        Axes kept = default;
        Axes inputStrides = default;
        Axes outputStrides = default;
        int from = 0;
        int to = 0;
        int inputStride = 1;
        int outputStride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            kept[axis] = Math.Max(0, lengths[axis] + Math.Min(before[axis], 0) + Math.Min(after[axis], 0));
            from += Math.Max(-before[axis], 0) * inputStride;
            to += Math.Max(before[axis], 0) * outputStride;
            inputStrides[axis] = inputStride;
            outputStrides[axis] = outputStride;
            inputStride *= lengths[axis];
            outputStride *= Math.Max(0, lengths[axis] + before[axis] + after[axis]);
        }

        Odometer rows = new(shape.Rank, kept);
        if (rows.IsEmpty)
        {
            return;
        }

        Axes inputSteps = rows.Steps(in inputStrides);
        Axes outputSteps = rows.Steps(in outputStrides);
        while (true)
        {
            x.Slice(from, rows.RowLength).CopyTo(y[to..]);
            int axis = rows.Advance();
            if (axis < 0)
            {
                return;
            }

            from += inputSteps[axis];
            to += outputSteps[axis];
        }
    }
}

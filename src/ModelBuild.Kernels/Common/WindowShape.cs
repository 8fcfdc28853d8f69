using System;

namespace ModelBuild.Kernels;

/// <summary>A window that slides over up to eight spatial axes.</summary>
internal readonly struct WindowShape
{
    private readonly int _rank;
    private readonly Axes _input;
    private readonly Axes _kernel;
    private readonly Axes _output;
    private readonly Axes _strides;
    private readonly Axes _dilations;
    private readonly Axes _pads;

    // A number for each axis and each size, in this order; those of axes beyond the rank are 1, and pads 0.
    public WindowShape(
        int rank,
        int input0, int input1, int input2, int input3,
        int kernel0, int kernel1, int kernel2, int kernel3,
        int output0, int output1, int output2, int output3,
        int stride0, int stride1, int stride2, int stride3,
        int dilation0, int dilation1, int dilation2, int dilation3,
        int pad0, int pad1, int pad2, int pad3)
    {
        _rank = rank;
        _input = Axes.Of(input0, input1, input2, input3, 1, 1, 1, 1);
        _kernel = Axes.Of(kernel0, kernel1, kernel2, kernel3, 1, 1, 1, 1);
        _output = Axes.Of(output0, output1, output2, output3, 1, 1, 1, 1);
        _strides = Axes.Of(stride0, stride1, stride2, stride3, 1, 1, 1, 1);
        _dilations = Axes.Of(dilation0, dilation1, dilation2, dilation3, 1, 1, 1, 1);
        _pads = Axes.Of(pad0, pad1, pad2, pad3, 0, 0, 0, 0);
    }

    /// <summary>Values of one channel of the input.</summary>
    public int InputSize => Product(_input);

    /// <summary>Values of the window.</summary>
    public int KernelSize => Product(_kernel);

    /// <summary>Values of one channel of the output.</summary>
    public int OutputSize => Product(_output);

    /// <summary>Where in a channel of the input the value lies that output <paramref name="output"/> sees at <paramref name="tap"/> of the window; -1 in the padding.</summary>
    public int InputIndex(int output, int tap)
    {
        int index = 0;
        int step = 1;
        for (int axis = _rank - 1; axis >= 0; axis--)
        {
            int position = (output % _output[axis] * _strides[axis]) + (tap % _kernel[axis] * _dilations[axis]) - _pads[axis];
            if ((uint)position >= (uint)_input[axis])
            {
                return -1;
            }

            index += position * step;
            step *= _input[axis];
            output /= _output[axis];
            tap /= _kernel[axis];
        }

        return index;
    }

    /// <summary>Outputs along the last axis: a row.</summary>
    public int RowLength => _output[_rank - 1];

    /// <summary>Inputs from one output of a row to the next.</summary>
    public int RowStep => _strides[_rank - 1];

    /// <summary>Rows of one channel of the output.</summary>
    public int OutputRows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < _rank - 1; axis++)
            {
                rows *= _output[axis];
            }

            return rows;
        }
    }

    /// <summary>
    /// Where in a channel of the input a row of outputs sees its values at <paramref name="tap"/> of the window: output i sees the value at the returned index plus
    /// i times <see cref="RowStep"/>, if i is at least <paramref name="first"/> and less than <paramref name="end"/>, and the padding otherwise.
    /// </summary>
    public int RowInput(int row, int tap, out int first, out int end)
    {
        int last = _rank - 1;
        int start = (tap % _kernel[last] * _dilations[last]) - _pads[last];
        int step = _strides[last];
        int length = _input[last];
        first = start < 0 ? Math.Min((step - 1 - start) / step, _output[last]) : 0;
        end = start < length ? Math.Min(((length - 1 - start) / step) + 1, _output[last]) : 0;
        end = Math.Max(first, end);
        int index = start;
        int stride = length;
        tap /= _kernel[last];
        for (int axis = last - 1; axis >= 0; axis--)
        {
            int position = (row % _output[axis] * _strides[axis]) + (tap % _kernel[axis] * _dilations[axis]) - _pads[axis];
            if ((uint)position >= (uint)_input[axis])
            {
                end = first;
                return 0;
            }

            index += position * stride;
            stride *= _input[axis];
            row /= _output[axis];
            tap /= _kernel[axis];
        }

        return index;
    }

    /// <summary>How many of the window's values at an output lie in the input.</summary>
    public int TapsInside(int output)
    {
        int count = 1;
        for (int axis = _rank - 1; axis >= 0; axis--)
        {
            int start = (output % _output[axis] * _strides[axis]) - _pads[axis];
            int taps = 0;
            for (int k = 0; k < _kernel[axis]; k++)
            {
                taps += (uint)(start + (k * _dilations[axis])) < (uint)_input[axis] ? 1 : 0;
            }

            count *= taps;
            output /= _output[axis];
        }

        return count;
    }

    /// <summary>How many of the window's values at an output lie in the input or its pads, where the last window may reach beyond them.</summary>
    /// <param name="output">The output.</param>
    /// <param name="padsEnd">What is added behind each axis.</param>
    public int TapsWithPads(int output, in Axes padsEnd)
    {
        int count = 1;
        for (int axis = _rank - 1; axis >= 0; axis--)
        {
            int start = (output % _output[axis] * _strides[axis]) - _pads[axis];
            int end = _input[axis] + padsEnd[axis];
            int taps = 0;
            for (int k = 0; k < _kernel[axis]; k++)
            {
                taps += start + (k * _dilations[axis]) < end ? 1 : 0;
            }

            count *= taps;
            output /= _output[axis];
        }

        return count;
    }

    /// <summary>Of a position in a channel of the input, where it would lie if the first axis were contiguous.</summary>
    public long ColumnMajor(int index)
    {
        long result = 0;
        long size = InputSize;
        for (int axis = _rank - 1; axis >= 0; axis--)
        {
            size /= _input[axis];
            result += index % _input[axis] * size;
            index /= _input[axis];
        }

        return result;
    }

    private int Product(in Axes lengths)
    {
        int product = 1;
        for (int axis = 0; axis < _rank; axis++)
        {
            product *= lengths[axis];
        }

        return product;
    }
}

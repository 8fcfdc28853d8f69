using System;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Pruning;

/// <summary>
/// Lays out a layer's input as rows that its weights multiply: as they are before a product, and one patch [channels, kernel height, kernel width] for each output
/// position before a convolution.
/// </summary>
internal static class InputRows
{
    /// <summary>Rows [count, Inner]; of a convolution at most <paramref name="mostPerSample"/> for each sample, evenly spread.</summary>
    public static float[] Of(WeightLayer layer, Tensor input, int mostPerSample)
    {
        if (!layer.IsConvolution)
        {
            return input.As<float>().ToArray();
        }

        // One spatial axis is two of which the first has length 1.
        long[] dims = input.Dims.Count == 3 ? [input.Dims[0], input.Dims[1], 1, input.Dims[2]] : [.. input.Dims];
        long[] kernel = layer.Weights.Dims.Count == 3 ? [1, layer.Weights.Dims[2]] : [layer.Weights.Dims[2], layer.Weights.Dims[3]];
        var spatial = input.Dims.Skip(2).Select(size => (Dim)size).ToArray();
        var window = Window.Of(Window.Of(layer.Node.Attributes, spatial, [.. layer.Weights.Dims.Skip(2)]).ToAttributes(), [dims[2], dims[3]], kernel);
        var (height, width) = ((int)window.Output[0].Constant, (int)window.Output[1].Constant);
        var positions = Math.Min(height * width, mostPerSample);
        var rows = new float[(int)dims[0] * positions * layer.Inner];
        var next = 0;
        for (var sample = 0; sample < dims[0]; sample++)
        {
            var image = input.As<float>().Slice(sample * (int)(dims[1] * dims[2] * dims[3]), (int)(dims[1] * dims[2] * dims[3]));
            for (var position = 0; position < positions; position++)
            {
                var index = (int)((long)position * height * width / positions);
                Patch(image, dims, kernel, window, index / width, index % width, rows.AsSpan(next, layer.Inner));
                next += layer.Inner;
            }
        }

        return rows;
    }

    private static void Patch(ReadOnlySpan<float> image, long[] dims, long[] kernel, Window window, int row, int column, Span<float> patch)
    {
        var i = 0;
        for (var channel = 0; channel < dims[1]; channel++)
        {
            for (var ky = 0; ky < kernel[0]; ky++)
            {
                var y = (row * window.Strides[0]) + (ky * window.Dilations[0]) - window.PadsBegin[0].Constant;
                for (var kx = 0; kx < kernel[1]; kx++, i++)
                {
                    var x = (column * window.Strides[1]) + (kx * window.Dilations[1]) - window.PadsBegin[1].Constant;
                    var isInside = y >= 0 && y < dims[2] && x >= 0 && x < dims[3];
                    patch[i] = isInside ? image[(int)((((channel * dims[2]) + y) * dims[3]) + x)] : 0;
                }
            }
        }
    }
}

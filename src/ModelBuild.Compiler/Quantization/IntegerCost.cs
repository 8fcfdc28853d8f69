using System;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.Ops;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Whether a layer whose input gets its range at run time is faster in integers than in floats. Integers multiply faster and read less memory, but the input has to be
/// read for its range and again to be rounded, and every result has to be scaled. All that is reckoned for one position of the output, a row or a pixel, with the times
/// of docs/compression.md; they come from one processor (512-bit floats, 256-bit dot products of bytes) and stand for all, so that a model is compiled to the same
/// bytes everywhere.
/// </summary>
internal static class IntegerCost
{
    // Nanoseconds for each multiply-add, also those of transformed tiles, for each input and each result.
    private const double FloatProduct = 0.015;
    private const double WinogradProduct = 0.033;
    private const double IntegerProduct = 0.009;
    private const double RoundedInput = 0.25;
    private const double ScaledResult = 0.55;

    // For each call; and for each weight of a matrix that is read for one row only and does not lie in the nearest cache.
    private const double Call = 60;
    private const double FloatWeight = 0.031;
    private const double IntegerWeight = 0.0107;
    private const int NearestCache = 32 * 1024;

    // For each byte of Winograd's transformed weights, which are four times as many.
    private const double TransformedByte = 0.05;

    // Integers are less exact: they have to be worth it.
    private const double Advantage = 0.9;

    /// <summary>Whether integers pay.</summary>
    public static bool Pays(WeightLayer layer)
    {
        var positions = Positions(layer);
        var products = (double)layer.Inner * layer.Outputs;
        var integers = (products * (positions == 1 ? IntegerWeight : IntegerProduct)) + (RoundedInput * InputsOf(layer)) + (ScaledResult * layer.Outputs) + (Call / positions);
        return integers < Advantage * Floats(layer, products, positions);
    }

    private static double Floats(WeightLayer layer, double products, double positions)
    {
        var plain = products * (positions == 1 && products * sizeof(float) > NearestCache ? FloatWeight : FloatProduct);
        if (!layer.IsConvolution || layer.Weights.Dims.Count != 4 || layer.Weights.Dims[2] is not (3 or 5) || layer.Weights.Dims[2] != layer.Weights.Dims[3]
            || layer.Node.Attributes.Get("group", 1L) != 1
            || new[] { "strides", "dilations" }.Any(name => layer.Node.Attributes.Ints(name) is { } steps && steps.Any(step => step != 1)))
        {
            return plain;
        }

        var (kernel, y) = ((int)layer.Weights.Dims[2], layer.Linear.Type);
        if (!WinogradCost.IsLower((int)layer.Weights.Dims[1], layer.Outputs, kernel, y[2], y[3]))
        {
            return plain;
        }

        var tile = WinogradF32.Patch + 1 - kernel;
        var transformed = (double)WinogradF32.Positions * layer.Weights.Dims[1] * layer.Outputs;
        return Math.Min(plain, (WinogradProduct * transformed / (tile * tile)) + (TransformedByte * sizeof(float) * transformed / positions));
    }

    // Rows of a matrix, or pixels. A batch or an image of any size counts as one row, or as many pixels.
    private static double Positions(WeightLayer layer)
    {
        var y = layer.Linear.Type;
        var positions = layer.IsConvolution ? Dim.Product(y.Shape.Skip(2)) : Dim.Product(y.Shape.SkipLast(1));
        return positions.IsConstant ? Math.Max(1, positions.Constant) : y.Rank > 2 ? double.PositiveInfinity : 1;
    }

    private static double InputsOf(WeightLayer layer)
    {
        if (!layer.IsConvolution)
        {
            return layer.Inner;
        }

        var strides = layer.Node.Attributes.Ints("strides")?.Aggregate(1L, (product, stride) => product * stride) ?? 1;
        return (double)layer.Weights.Dims[1] * layer.Node.Attributes.Get("group", 1L) * strides;
    }
}

using System;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Whether a convolution is faster with <see cref="ConvWinogradF32"/> than with <see cref="ConvF32"/>: an estimate by shape alone, in operations on vectors of 16 floats,
/// so that every machine makes the same choice.
/// </summary>
internal static class WinogradCost
{
    // Loads, additions and stores that transform a patch of one vector of input channels, and a tile of one vector of output channels.
    private const double InputTransform = 250;
    private const double OutputTransform = 260;

    // What reading a vector of weights costs that come from beyond the second-level cache.
    private const double FarVector = 8;
    private const int NearFloats = 128 * 1024;

    // A smaller gain is not worth the memory, nor the estimate's error.
    private const double LargestShare = 0.8;

    // More memory than this for the transformed weights of a layer is not worth any speed.
    private const int LargestTransformed = 16 * 1024 * 1024;

    // The transformed inputs and the products of a block of tiles stay in the second-level cache, and a block has full tiles of the matrix product.
    private const int BlockFloats = 80 * 1024;
    private const int SmallestBlock = 28;

    /// <summary>Whether Winograd's convolution is worth it; <paramref name="height"/> and <paramref name="width"/> are those of the output.</summary>
    public static bool IsLower(int inputs, int outputs, int kernel, Dim height, Dim width) =>
        Transformed(inputs, outputs) <= LargestTransformed && Share(inputs, outputs, kernel, height, width) <= LargestShare;

    /// <summary>What Winograd's convolution takes, in parts of what the plain one does.</summary>
    public static double Share(int inputs, int outputs, int kernel, Dim height, Dim width)
    {
        var tile = WinogradF32.Patch + 1 - kernel;
        double pixels = Pixels(height, width, 1), tiles = Pixels(height, width, tile);
        double inputVectors = (inputs + 15) / 16, outputVectors = (outputs + 15) / 16;
        double transformed = Transformed(inputs, outputs), plain = (double)kernel * kernel * inputs * outputVectors * 16;
        var direct = (pixels * kernel * kernel * inputs * outputVectors) + Reading(plain);
        var winograd = (tiles * ((WinogradF32.Positions * inputs * outputVectors) + (InputTransform * inputVectors) + (OutputTransform * outputVectors))) + Reading(transformed);
        return winograd / direct;
    }

    // Floats of the transformed weights.
    private static double Transformed(int inputs, int outputs) => (double)WinogradF32.Positions * inputs * ((outputs + 15) / 16) * 16;

    /// <summary>Tiles to transform together.</summary>
    public static int BlockTiles(int inputs, int outputs, int kernel, Dim height, Dim width)
    {
        var tiles = Pixels(height, width, WinogradF32.Patch + 1 - kernel);
        var block = Math.Max(SmallestBlock, BlockFloats / (WinogradF32.Positions * (inputs + ((outputs + 15) & -16))) / SmallestBlock * SmallestBlock);
        return height.IsConstant && width.IsConstant ? (int)Math.Min(block, tiles) : block;
    }

    private static double Reading(double floats) => Math.Max(floats - NearFloats, 0) / 16 * FarVector;

    // Tiles of an image. One whose size is not known yet is large enough.
    private static double Pixels(Dim height, Dim width, int tile)
    {
        const int Unknown = 64;
        static double Tiles(Dim size, int tile) => Math.Ceiling((size.IsConstant ? size.Constant : Unknown) / (double)tile);
        return Tiles(height, tile) * Tiles(width, tile);
    }
}

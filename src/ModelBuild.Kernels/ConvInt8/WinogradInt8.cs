using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// 3x3 and 5x5 filters with fewer products, by Winograd's minimal filtering in integers: the terms of a tile of outputs, of inputs and weights, are words, and the sums of their
/// products exact. So the bits are those of the plain sum. (Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2015.)
/// </summary>
/// <remarks>
/// Sums are modulo 2^32 until they are divided, so that only a multiple of the true sum must stay below 2^31, which the number of channels bounds. For 3x3 filters tiles of 4x4
/// outputs (<see cref="WinogradInt8Tile4"/>) take a quarter of the products, those of 2x2 (<see cref="WinogradInt8Tile2"/>) four ninths, but of more channels; for 5x5 filters
/// those of 2x2 (<see cref="WinogradInt8Filter5"/>) take two fifths.
/// </remarks>
internal static partial class WinogradInt8
{
    /// <summary>
    /// The most bytes of transformed weights where products of bytes would do without: they are four to eight times as many as the packed ones, and beyond this the gain is not
    /// worth the memory (7x7, 512 channels to 512: 318 us instead of 444, for 8 MB).
    /// </summary>
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>The most input channels of a layer whose filter has <paramref name="kernel"/> taps on each side; 0 where there are no transforms for it.</summary>
    public static int MaxChannels(int kernel) => kernel switch
    {
        3 => WinogradInt8Tile2.MaxChannels,
        5 => WinogradInt8Filter5.MaxChannels,
        _ => 0,
    };

    /// <summary>
    /// Whether transformed weights are used: where words are multiplied, by vectors. Where the CPU has products of bytes as well, those cost half as much on most of them. There
    /// large tiles win if vectors of words are twice as long (16x16x32: 10.7 us instead of 15.1) and the weights stay in a cache (13x13, 48 channels to 192: 134 us instead of
    /// 97). Where they cost the same (<see cref="WideWords"/>), tiles win as long as reading the weights takes less time than the products (13x13, 48 channels to 192: 33 us
    /// instead of 55; 14x14, 256 to 256: 268 us instead of 444).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUsedOn(IsaLevel isa, in ConvShape shape) =>
        isa != IsaLevel.Plain
        && (TileInt8.InputBytes(isa) == sizeof(short)
            || (Isa.ComesToAvx512(isa) && (WideWords.AreInProcessor ? TransformedBytes(shape) <= MostBytes : UsesLargeTiles(shape) && HasFewWeights(shape))));

    /// <summary>Words of the transformed weights: <c>[panel][term][channel / 4][2][16 outputs][2]</c>.</summary>
    public static int TransformedLength(in ConvShape shape) => (int)(TransformedBytes(shape) / sizeof(short));

    /// <summary>Bytes of the transformed weights.</summary>
    public static long TransformedBytes(in ConvShape shape) =>
        (long)TileInt8Layout.PaddedOutputs(shape.OutputChannels) * Terms(shape) * shape.InputChannels * sizeof(short);

    /// <summary>Output lines of a tile.</summary>
    public static int TileLines(in ConvShape shape) => UsesLargeTiles(shape) ? WinogradInt8Tile4.Size : WinogradInt8Tile2.Size;

    /// <summary>Lines of the padded input that a tile reads, and its regular terms in a line.</summary>
    public static int TileInputLines(in ConvShape shape) => TileLines(shape) + shape.KernelHeight - 1;

    private static int Terms(in ConvShape shape) => (TileInputLines(shape) * TileInputLines(shape)) + (IsFilter5(shape) ? WinogradInt8Filter5.SplitTerms.Length : 0);

    private static bool IsFilter5(in ConvShape shape) => shape.KernelHeight == WinogradInt8Filter5.Filter;

    /// <summary>Whether tiles have 4x4 outputs. It depends on what parts of a layer have in common.</summary>
    private static bool UsesLargeTiles(in ConvShape shape) => !IsFilter5(shape) && shape.InputChannels <= WinogradInt8Tile4.MaxChannels && shape.OutputWidth > 2;

    /// <summary>Whether a second-level cache holds the transformed weights well, with what other layers leave in it.</summary>
    private static bool HasFewWeights(in ConvShape shape) => TransformedBytes(shape) <= 384 * 1024;
}

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>The transform of the weights: when a model starts, from the packed weights, so that the weights file does not grow.</content>
internal static partial class WinogradInt8
{
    /// <summary>Taps of a filter.</summary>
    private const int Taps = 9;

    /// <summary>Words of a step of four channels and a panel of outputs, in both layouts.</summary>
    private const int StepWords = TileInt8Layout.StepBytes;

    /// <summary>Transforms the packed weights of a layer into <see cref="TransformedLength"/> words.</summary>
    /// <param name="isa">A vector level.</param>
    /// <param name="packed">See <see cref="ConvInt8.Pack"/>.</param>
    /// <param name="transformed">Receives the terms.</param>
    /// <param name="shape">What <see cref="ConvInt8.CanUseWinograd"/> accepts.</param>
    public static void Transform(IsaLevel isa, ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
    {
        if (UsesLargeTiles(shape))
        {
            Transform<WinogradInt8Tile4>(isa, packed, transformed, shape);
        }
        else
        {
            Transform<WinogradInt8Tile2>(isa, packed, transformed, shape);
        }
    }

    private static void Transform<TTile>(IsaLevel isa, ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
        where TTile : struct, IWinogradInt8Tile
    {
        if (isa >= IsaLevel.Avx2)
        {
            Transform<TTile, Lanes256<short>, Vector256<short>>(packed, transformed, shape);
        }
        else
        {
            Transform<TTile, Lanes128<short>, Vector128<short>>(packed, transformed, shape);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Transform<TTile, TLanes, TVector>(ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
        where TTile : struct, IWinogradInt8Tile
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        const int StepBytes = StepWords * sizeof(short);
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        int side = TTile.Size + 2;
        int termWords = shape.InputChannels * TileInt8Layout.PanelOutputs;
        Span<short> filterWords = stackalloc short[Taps * StepWords];
        Span<short> rowWords = stackalloc short[(WinogradInt8Tile4.Size + 2) * 3 * StepWords];
        ref byte filter = ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(filterWords));
        ref byte rows = ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(rowWords));
        packed = packed[..taps.PackedGroupLength(shape)];
        transformed = transformed[..TransformedLength(shape)];
        for (int output = 0; output < shape.OutputChannels; output += TileInt8Layout.PanelOutputs)
        {
            ref short panel = ref transformed[output * side * side * shape.InputChannels];
            for (int c = 0; c < shape.InputChannels; c += TileInt8Layout.GroupInputs)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    ref readonly sbyte step = ref packed[taps.Offset(output, tap / 3, tap % 3, c, shape)];
                    Widen(ref Unsafe.AsRef(in step), ref filterWords[tap * StepWords]);
                }

                // Columns first: each row of the filter becomes a row of terms. Then each row, the three of a line at a time.
                ref byte target = ref Unsafe.As<short, byte>(ref Unsafe.Add(ref panel, c * TileInt8Layout.PanelOutputs));
                for (nint at = 0; at < 3 * StepBytes; at += TLanes.Bytes)
                {
                    TTile.WeightTerms<TLanes, TVector>(ref Unsafe.Add(ref filter, at), 3 * StepBytes, ref Unsafe.Add(ref rows, at), 3 * StepBytes);
                }

                for (nint y = 0; y < side; y++)
                {
                    ref byte row = ref Unsafe.Add(ref rows, y * 3 * StepBytes);
                    ref byte term = ref Unsafe.Add(ref target, y * side * termWords * sizeof(short));
                    for (nint at = 0; at < StepBytes; at += TLanes.Bytes)
                    {
                        TTile.WeightTerms<TLanes, TVector>(ref Unsafe.Add(ref row, at), StepBytes, ref Unsafe.Add(ref term, at), (nint)termWords * sizeof(short));
                    }
                }
            }
        }
    }

    /// <summary>A step of packed weights, <c>[16 outputs][4]</c> bytes, as words in the order of the terms: <c>[2][16 outputs][2]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref sbyte step, ref short words)
    {
        for (int output = 0; output < TileInt8Layout.PanelOutputs; output += 4)
        {
            Vector128<sbyte> four = Vector128.LoadUnsafe(ref step, (nuint)(output * TileInt8Layout.GroupInputs));
            Vector128<sbyte> pairs = Vector128.Shuffle(four, Vector128.Create(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15));
            (Vector128<short> first, Vector128<short> second) = Vector128.Widen(pairs);
            first.StoreUnsafe(ref words, (nuint)(2 * output));
            second.StoreUnsafe(ref words, (nuint)((StepWords / 2) + (2 * output)));
        }
    }
}

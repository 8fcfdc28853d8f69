using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>The transform of the weights: when a model starts, from the packed weights, so that the weights file does not grow.</content>
internal static partial class WinogradInt8
{
    /// <summary>Words of a step of four channels and a panel of outputs, in both layouts.</summary>
    private const int StepWords = TileInt8Layout.StepBytes;

    /// <summary>The most taps of a filter, values after its columns were transformed, and regular terms.</summary>
    private const int MostTaps = 25, MostRows = 30, MostTerms = 36;

    /// <summary>Transforms the packed weights of a layer into <see cref="TransformedLength"/> words.</summary>
    /// <param name="isa">A vector level.</param>
    /// <param name="packed">See <see cref="ConvInt8.Pack"/>.</param>
    /// <param name="transformed">Receives the terms.</param>
    /// <param name="shape">What <see cref="ConvInt8.CanUseWinograd"/> accepts.</param>
    public static void Transform(IsaLevel isa, ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
    {
        if (IsFilter5(shape))
        {
            Transform<WinogradInt8Filter5>(isa, packed, transformed, shape);
        }
        else if (UsesLargeTiles(shape))
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
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        int count = TTile.Filter * TTile.Filter;
        int side = TTile.Size + TTile.Filter - 1;
        int allTerms = Terms(shape);
        nint termBytes = (nint)shape.InputChannels * TileInt8Layout.PanelOutputs * sizeof(short);
        Span<short> filterWords = stackalloc short[MostTaps * StepWords];
        Span<short> rowWords = stackalloc short[MostRows * StepWords];
        Span<short> termWords = stackalloc short[TTile.SplitTerms.IsEmpty ? 0 : MostTerms * StepWords];
        ref byte filter = ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(filterWords));
        ref byte rows = ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(rowWords));
        packed = packed[..taps.PackedGroupLength(shape)];
        transformed = transformed[..TransformedLength(shape)];
        for (int output = 0; output < shape.OutputChannels; output += TileInt8Layout.PanelOutputs)
        {
            Span<short> panel = transformed.Slice(output * allTerms * shape.InputChannels, TileInt8Layout.PanelOutputs * allTerms * shape.InputChannels);
            for (int c = 0; c < shape.InputChannels; c += TileInt8Layout.GroupInputs)
            {
                for (int tap = 0; tap < count; tap++)
                {
                    ref readonly sbyte step = ref packed[taps.Offset(output, tap / TTile.Filter, tap % TTile.Filter, c, shape)];
                    WordPairs.Widen(ref Unsafe.AsRef(in step), ref filterWords[tap * StepWords]);
                }

                ref short target = ref panel[c * TileInt8Layout.PanelOutputs];
                TransformStep<TTile, TLanes, TVector>(ref filter, ref rows, ref Unsafe.As<short, byte>(ref target), termBytes);
                if (!TTile.SplitTerms.IsEmpty)
                {
                    SplitStep<TTile, TLanes, TVector>(filterWords[..(count * StepWords)], ref rows, termWords, ref target, side * side, termBytes / sizeof(short));
                }
            }
        }
    }

    /// <summary><c>G g G'</c> for a step: columns first, so that each row of the filter becomes a row of terms; then each row, a step of each of its taps at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformStep<TTile, TLanes, TVector>(ref byte filter, ref byte rows, ref byte terms, nint termBytes)
        where TTile : struct, IWinogradInt8Tile
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        const int StepBytes = StepWords * sizeof(short);
        nint rowBytes = TTile.Filter * StepBytes;
        int side = TTile.Size + TTile.Filter - 1;
        for (nint at = 0; at < rowBytes; at += TLanes.Bytes)
        {
            TTile.WeightTerms<TLanes, TVector>(ref Unsafe.Add(ref filter, at), rowBytes, ref Unsafe.Add(ref rows, at), rowBytes);
        }

        for (nint y = 0; y < side; y++)
        {
            ref byte row = ref Unsafe.Add(ref rows, y * rowBytes);
            ref byte term = ref Unsafe.Add(ref terms, y * side * termBytes);
            for (nint at = 0; at < StepBytes; at += TLanes.Bytes)
            {
                TTile.WeightTerms<TLanes, TVector>(ref Unsafe.Add(ref row, at), StepBytes, ref Unsafe.Add(ref term, at), termBytes);
            }
        }
    }

    /// <summary>The weights of <see cref="IWinogradInt8Tile.SplitTerms"/>: of their lowest four bits, and of the others. Transforms are linear.</summary>
    private static void SplitStep<TTile, TLanes, TVector>(Span<short> filter, ref byte rows, Span<short> terms, ref short target, int extraTerm, nint termWords)
        where TTile : struct, IWinogradInt8Tile
        where TLanes : struct, ILanes<TVector, short>
        where TVector : struct
    {
        ref byte own = ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(terms));
        Span<short> bits = stackalloc short[MostTaps * StepWords];
        for (int part = 0; part < 2; part++)
        {
            for (int i = 0; i < filter.Length; i++)
            {
                bits[i] = (short)(part == 0 ? filter[i] >> 4 : filter[i] & 15);
            }

            TransformStep<TTile, TLanes, TVector>(ref Unsafe.As<short, byte>(ref MemoryMarshal.GetReference(bits)), ref rows, ref own, StepWords * sizeof(short));
            for (int i = 0; i < TTile.SplitTerms.Length; i++)
            {
                int term = part == 0 ? extraTerm + i : TTile.SplitTerms[i];
                terms.Slice(TTile.SplitTerms[i] * StepWords, StepWords).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, term * termWords), StepWords));
            }
        }
    }
}

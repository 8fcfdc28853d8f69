using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Calls of <see cref="BinaryF32"/> in parts: each computes some values. Together they give the bits of one call.</summary>
internal static class BinaryF32Parts
{
    /// <summary>One part of <see cref="BinaryF32.Run{TOperation}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOperation>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32 =>
        RunOn(Isa.Best, a, b, y, operation, part, parts);

    /// <summary><see cref="Run{TOperation}"/> on a given instruction set.</summary>
    public static void RunOn<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32
    {
        Share values = Share.Of(y.Length, part, parts, Share.Line);
        BinaryF32.RunOn(isa, a[values.Begin..values.End], b[values.Begin..values.End], y[values.Begin..values.End], operation);
    }

    /// <summary>One part of <see cref="BinaryF32.RunScalarRight{TOperation}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarRight<TOperation>(
        ReadOnlySpan<float> a, Span<float> y, float b, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32 =>
        RunScalarRightOn(Isa.Best, a, y, b, operation, part, parts);

    /// <summary><see cref="RunScalarRight{TOperation}"/> on a given instruction set.</summary>
    public static void RunScalarRightOn<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> a, Span<float> y, float b, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32
    {
        Share values = Share.Of(y.Length, part, parts, Share.Line);
        BinaryF32.RunScalarRightOn(isa, a[values.Begin..values.End], y[values.Begin..values.End], b, operation);
    }

    /// <summary>One part of <see cref="BinaryF32.RunScalarLeft{TOperation}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunScalarLeft<TOperation>(
        ReadOnlySpan<float> b, Span<float> y, float a, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32 =>
        RunScalarLeftOn(Isa.Best, b, y, a, operation, part, parts);

    /// <summary><see cref="RunScalarLeft{TOperation}"/> on a given instruction set.</summary>
    public static void RunScalarLeftOn<TOperation>(
        IsaLevel isa, ReadOnlySpan<float> b, Span<float> y, float a, TOperation operation, int part, int parts)
        where TOperation : struct, IBinaryF32
    {
        Share values = Share.Of(y.Length, part, parts, Share.Line);
        BinaryF32.RunScalarLeftOn(isa, b[values.Begin..values.End], y[values.Begin..values.End], a, operation);
    }
}

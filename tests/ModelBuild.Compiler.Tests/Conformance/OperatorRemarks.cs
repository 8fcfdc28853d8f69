using System;
using System.Collections.Generic;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>What no trial shows about operators.</summary>
internal static class OperatorRemarks
{
    private static readonly Dictionary<string, string> Remarks = new(StringComparer.Ordinal)
    {
        ["If"] = "One element has the rank that it has in the then branch. Otherwise, a branch of another rank or element type than the other one is an error if it is taken.",
        ["Loop"] = "A state keeps its rank and element type.",
        ["Scan"] = "A state keeps its shape. Operator set 8: no lengths of sequences.",
        ["ConcatFromSequence"] = "The tensors have a common rank that is known.",
        ["ai.onnx.ml.SVMClassifier"] = "Not PROBIT for two classes.",
        ["ai.onnx.preview.training.Gradient"] = "Through operators that have a derivative here.",
        ["Squeeze"] = "Without axes, a size that only a run knows stays, and must not be 1.",
        ["com.microsoft.BitmaskBiasDropout"] = "No mask as an output.",
        ["com.microsoft.BitmaskDropout"] = "No mask as an output.",
        ["com.microsoft.CausalConvWithState"] = "One spatial axis, channels first, no dilation, no window of states.",
        ["com.microsoft.ConvTransposeWithDynamicPads"] = "Pads are constant.",
        ["com.microsoft.Irfft"] = "One axis, not normalized.",
        ["com.microsoft.LinearAttention"] = "The attributes that ONNX's operator has.",
        ["com.microsoft.MatMulBnb4"] = "The matrix is transposed.",
        ["com.microsoft.MoE"] = "No sparse mixer.",
        ["com.microsoft.Rfft"] = "One axis, not normalized.",
        ["com.microsoft.CDist"] = "The metrics `euclidean` and `sqeuclidean`.",
        ["com.microsoft.GatherBlockQuantized"] = "Elements are not packed along the axis that is gathered; sizes along the blocks are known.",
        ["com.microsoft.GroupQueryAttention"] = "No quantized cache, no window of the cache, no scores as an output.",
        ["com.microsoft.Attention"] = "No rotation.",
        ["com.microsoft.DecoderMaskedMultiHeadAttention"] = "No beams.",
        ["com.microsoft.DecoderMaskedSelfAttention"] = "No beams, no rotation.",
        ["com.microsoft.GatedRelativePositionBias"] = "Sequences are not packed.",
        ["com.microsoft.QAttention"] = "No rotation, no cache that is changed in place.",
        ["com.microsoft.QMoE"] = "Integers of 2, 4 or 8 bits; no sparse mixer.",
        ["com.microsoft.SparseAttention"] = "Layouts are constant.",
        ["com.microsoft.SparseToDenseMatMul"] = "The sparse matrix is constant.",
        ["com.microsoft.nchwc.Conv"] = "Numbers of channels show whether blocks are of 8 or 16.",
        ["com.microsoft.MultiHeadAttention"] = "No beams.",
    };

    public static string Of(Op op) => Remarks.GetValueOrDefault(op.QualifiedName, string.Empty);

    /// <summary>The names of which something is said.</summary>
    public static IEnumerable<string> Operators => Remarks.Keys;
}

using System;
using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>The value of an input or output, as ONNX stores it in the data files of test cases.</summary>
public abstract record OnnxValue;

/// <summary>A dense tensor.</summary>
/// <param name="Tensor">The tensor.</param>
public sealed record OnnxTensorValue(OnnxTensor Tensor) : OnnxValue;

/// <summary>A sparse tensor.</summary>
/// <param name="Tensor">The tensor.</param>
public sealed record OnnxSparseTensorValue(OnnxSparseTensor Tensor) : OnnxValue;

/// <summary>A list of values of one type.</summary>
/// <param name="Elements">The values in their order.</param>
public sealed record OnnxSequenceValue(IReadOnlyList<OnnxValue> Elements) : OnnxValue;

/// <summary>A value or nothing.</summary>
/// <param name="Value">The value, or null when there is none.</param>
public sealed record OnnxOptionalValue(OnnxValue? Value) : OnnxValue;

/// <summary>A dictionary. Of the two lists of keys, one is used: as many keys as values.</summary>
/// <param name="IntegerKeys">The keys of an integer type.</param>
/// <param name="StringKeys">The keys of type string, as stored.</param>
/// <param name="Values">The values, in the order of the keys.</param>
public sealed record OnnxMapValue(
    IReadOnlyList<long> IntegerKeys, IReadOnlyList<ReadOnlyMemory<byte>> StringKeys, IReadOnlyList<OnnxValue> Values) : OnnxValue;

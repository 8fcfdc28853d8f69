using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>The declared type of a value.</summary>
public abstract record OnnxType;

/// <summary>A dense tensor.</summary>
/// <param name="ElementType">The type of the elements; <see cref="OnnxElementType.Undefined"/> when the file leaves it to inference.</param>
/// <param name="Shape">The dimensions, or null when not even the rank is known.</param>
public sealed record OnnxTensorType(OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape) : OnnxType;

/// <summary>A sparse tensor.</summary>
/// <param name="ElementType">As in <see cref="OnnxTensorType"/>.</param>
/// <param name="Shape">As in <see cref="OnnxTensorType"/>.</param>
public sealed record OnnxSparseTensorType(OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape) : OnnxType;

/// <summary>A list of values of one type.</summary>
/// <param name="Element">The type of each, or null when undeclared.</param>
public sealed record OnnxSequenceType(OnnxType? Element) : OnnxType;

/// <summary>A dictionary.</summary>
/// <param name="Key">An integer type or string.</param>
/// <param name="Value">The type of the values, or null when undeclared.</param>
public sealed record OnnxMapType(OnnxElementType Key, OnnxType? Value) : OnnxType;

/// <summary>A value or nothing.</summary>
/// <param name="Element">The type of the value when there is one, or null when undeclared.</param>
public sealed record OnnxOptionalType(OnnxType? Element) : OnnxType;

/// <summary>A type that only a custom operator understands.</summary>
/// <param name="Domain">The domain that defines it.</param>
/// <param name="Name">Its name there.</param>
public sealed record OnnxOpaqueType(string Domain, string Name) : OnnxType;

using System;
using System.Collections.Generic;
using System.Text;

namespace ModelBuild.Onnx;

/// <summary>
/// A constant tensor. However the file stored it (typed fields, raw bytes, another file), the elements are here in one form:
/// little-endian, row-major bytes, or a list of byte strings for <see cref="OnnxElementType.String"/>.
/// </summary>
public sealed class OnnxTensor
{
    /// <summary>The name of the value; empty in attributes.</summary>
    public string Name { get; init; } = "";

    /// <summary>The type of the elements.</summary>
    public required OnnxElementType ElementType { get; init; }

    /// <summary>The sizes, outermost first; empty for a scalar. Never negative; a product of them always fits in 64 bits.</summary>
    public required IReadOnlyList<long> Dims { get; init; }

    /// <summary>
    /// The elements: exactly as many bytes as type and dims ask for. Elements under 8 bits are packed, the first in the lowest bits.
    /// Empty for strings. Not aligned: read it with unaligned loads.
    /// </summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The elements of a string tensor as stored, which ONNX wants to be UTF-8; empty for every other type.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> StringData { get; init; } = [];

    /// <summary>The number of elements; 1 for a scalar.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long dim in Dims)
            {
                count = checked(count * dim);
            }

            return count;
        }
    }

    /// <summary>One element of a string tensor as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string GetString(int index) => Encoding.UTF8.GetString(StringData[index].Span);
}

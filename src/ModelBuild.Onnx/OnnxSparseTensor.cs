using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>A constant tensor of which only the elements that are not zero are stored. Its name is that of <see cref="Values"/>.</summary>
public sealed class OnnxSparseTensor
{
    /// <summary>The sizes of the dense tensor.</summary>
    public required IReadOnlyList<long> Dims { get; init; }

    /// <summary>The stored elements, <c>[NNZ]</c>.</summary>
    public required OnnxTensor Values { get; init; }

    /// <summary>
    /// Where they are, in ascending order: int64, either <c>[NNZ]</c> row-major offsets or <c>[NNZ, rank]</c> coordinates, all in range.
    /// </summary>
    public required OnnxTensor Indices { get; init; }
}

// Which fields are assigned depends on the epilogues that a model uses: a user's project gets no others.
#pragma warning disable CS9265
namespace ModelBuild.Kernels;

/// <summary>The buffers that an epilogue reads and writes; each epilogue uses those that it names, the others refer to nothing.</summary>
internal ref struct TileInt8Operands
{
    /// <summary>The output: bytes, or floats seen as bytes.</summary>
    public ref byte Output;

    /// <summary>Elements of the output.</summary>
    public nint OutputLength;

    /// <summary>One factor per output, padded to whole panels.</summary>
    public ref float Scales;

    /// <summary>The tensor to add, laid out as the output.</summary>
    public ref byte Residual;

    /// <summary>The sum of each output's weights, padded to whole panels.</summary>
    public ref int ColumnSums;

    /// <summary>What to add to each float output, padded to whole panels.</summary>
    public ref float Bias;
}

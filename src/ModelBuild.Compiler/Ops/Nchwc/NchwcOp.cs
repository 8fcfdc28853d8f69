using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator of models that ONNX Runtime has saved at its highest level of optimization: in memory, channels lie in blocks of as many as a vector has elements, 8 or 16, and the
/// last block may be filled up. Here such a tensor is one with channels second as in ONNX, and with the channels that fill up the block: what lies between these operators goes
/// element by element or joins whole blocks, so that it means the same.
/// </summary>
internal abstract class NchwcOp : FunctionOp
{
    /// <summary>Channels of a block, where the model shows it; the importer sets it.</summary>
    public const string BlockAttribute = "block";

    public const string Nchwc = "com.microsoft.nchwc";

    public sealed override string Domain => Nchwc;

    public override string Name => GetType().Name["Nchwc".Length..];

    /// <summary>Channels of a block.</summary>
    /// <exception cref="OperatorException">The model does not show it.</exception>
    protected static long Block(FunctionContext f) => f.Attributes.Has(BlockAttribute)
        ? f.Attributes.Require<long>(BlockAttribute)
        : throw OperatorException.Unsupported(
            "nothing in the model shows of how many channels the blocks are in which its weights lie", "Save the model again with optimization level ORT_ENABLE_EXTENDED.");
}

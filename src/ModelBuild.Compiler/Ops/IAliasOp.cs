namespace ModelBuild.Compiler.Ops;

/// <summary>An operator whose first output has the same values in the same order as its first input, so that both can share a buffer.</summary>
internal interface IAliasOp;

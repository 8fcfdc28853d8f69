namespace ModelBuild.Compiler.Ops;

/// <summary>An operator of ours that applies the bounds of <see cref="Clamp"/> to its output.</summary>
internal interface IClampedOp;

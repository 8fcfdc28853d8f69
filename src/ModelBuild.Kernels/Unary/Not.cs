using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Not.</summary>
internal readonly record struct Not : IUnary<bool, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(bool x) => !x;
}

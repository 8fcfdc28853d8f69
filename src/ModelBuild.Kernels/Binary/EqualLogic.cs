using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Equal of logic values.</summary>
internal readonly record struct EqualLogic : IBinary<bool, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(bool a, bool b) => a == b;
}

using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Or.</summary>
internal readonly record struct Or : IBinary<bool, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(bool a, bool b) => a | b;
}

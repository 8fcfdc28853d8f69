using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Xor, and NotEqual of logic values.</summary>
internal readonly record struct Xor : IBinary<bool, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(bool a, bool b) => a ^ b;
}

using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX And.</summary>
internal readonly record struct And : IBinary<bool, bool>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Invoke(bool a, bool b) => a & b;
}

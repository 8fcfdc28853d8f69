using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>The reduction "none" of ONNX ScatterElements and ScatterND: the update takes the element's place.</summary>
internal readonly record struct Replace<T> : IBinary<T, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b) => b;
}

using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Execution;

/// <summary>
/// Makes a delegate that calls a kernel with the arguments of a <see cref="Frame"/>. Spans cannot be boxed, so reflection cannot pass them; a compiled expression
/// can. One is made for every method, not for every call.
/// </summary>
internal static class KernelBinder
{
    private static readonly ConcurrentDictionary<MethodInfo, Action<Frame>> Bound = new();

    public static Action<Frame> Bind(MethodInfo kernel) => Bound.GetOrAdd(kernel, static method =>
    {
        var frame = Expression.Parameter(typeof(Frame), "frame");
        var arguments = method.GetParameters().Select((parameter, index) => Argument(frame, KernelMethod.TypeOf(parameter), index));
        return Expression.Lambda<Action<Frame>>(Expression.Call(method, arguments), frame).Compile();
    });

    private static MethodCallExpression Argument(ParameterExpression frame, Type type, int index) =>
        KernelMethod.IsSpan(type, out var element, out var isWritten)
            ? element == typeof(string) ? Expression.Call(frame, isWritten ? nameof(Frame.Texts) : nameof(Frame.ReadOnlyTexts), null, Expression.Constant(index)) : Expression.Call(frame, isWritten ? nameof(Frame.Span) : nameof(Frame.ReadOnlySpan), [element], Expression.Constant(index))
            : Expression.Call(frame, nameof(Frame.Value), [type], Expression.Constant(index));
}

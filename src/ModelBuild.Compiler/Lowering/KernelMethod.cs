using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Finds the method that a kernel call means: by name, number of arguments, and the element types and structs that are passed.</summary>
internal static class KernelMethod
{
    private static readonly ConcurrentDictionary<(Type Kernel, string Method), MethodInfo[]> Candidates = new();

    /// <summary>The method, closed over type arguments that follow from the arguments' types.</summary>
    /// <param name="kernel">The kernel's class.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">A <see cref="Value"/> for every span, a <see cref="StructLiteral"/> for every struct, a <see cref="Scalar"/> for the rest.</param>
    /// <exception cref="OperatorException">There is a method with as many arguments, but for other element types.</exception>
    public static MethodInfo Resolve(Type kernel, string method, IReadOnlyList<object> arguments)
    {
        var candidates = Candidates.GetOrAdd((kernel, method), static key =>
            [.. key.Kernel.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.Name == key.Method)]);
        if (candidates.Select(candidate => Close(candidate, arguments)).FirstOrDefault(closed => closed is not null) is { } found)
        {
            return found;
        }

        var types = arguments.OfType<Value>().Select(value => value.Type.Element.ShortName()).Distinct();
        throw candidates.Any(candidate => candidate.GetParameters().Length == arguments.Count)
            ? OperatorException.Unsupported($"no kernel takes elements of these types together: {string.Join(", ", types)}")
            : new InvalidOperationException(
                $"No {kernel.Name}.{method} takes ({string.Join(", ", arguments)}); there is {string.Join("; ", candidates.Select(candidate => candidate.ToString()))}.");
    }

    /// <summary>
    /// The method that computes one part of a kernel's call: of the same name and type arguments, in the class that is called like the kernel's and <c>Parts</c>. Null
    /// where there is none.
    /// </summary>
    public static MethodInfo? FindPart(MethodInfo whole)
    {
        var kernel = whole.DeclaringType!;
        var part = kernel.Assembly.GetType($"{kernel.FullName}Parts")?.GetMethod(whole.Name);
        return part is { IsGenericMethodDefinition: true } ? part.MakeGenericMethod(whole.GetGenericArguments()) : part;
    }

    /// <summary>Whether the type is a span, and of what.</summary>
    public static bool IsSpan(Type type, out Type element, out bool isWritten)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        isWritten = definition == typeof(Span<>);
        element = isWritten || definition == typeof(ReadOnlySpan<>) ? type.GetGenericArguments()[0] : type;
        return element != type;
    }

    /// <summary>The parameter's type without <c>in</c>.</summary>
    public static Type TypeOf(ParameterInfo parameter) => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;

    private static MethodInfo? Close(MethodInfo method, IReadOnlyList<object> arguments)
    {
        var parameters = method.GetParameters();
        if (parameters.Length != arguments.Count)
        {
            return null;
        }

        var bindings = new Dictionary<Type, Type>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!Matches(TypeOf(parameters[i]), arguments[i], bindings))
            {
                return null;
            }
        }

        try
        {
            return method.IsGenericMethodDefinition ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(parameter => bindings[parameter])]) : method;
        }
        catch (ArgumentException)
        {
            return null; // A constraint, such as one to numbers, does not hold.
        }
    }

    private static bool Matches(Type parameter, object argument, Dictionary<Type, Type> bindings) => argument switch
    {
        Value value => IsSpan(parameter, out var element, out _) && Unify(element, ClrTypes.Of(value.Type.Element), bindings),
        StructLiteral literal => Unify(parameter, literal.Type, bindings),
        FloatScalar => parameter == typeof(float) || IsBoundTo(parameter, typeof(float), bindings),
        DoubleScalar => parameter == typeof(double) || IsBoundTo(parameter, typeof(double), bindings),
        BoolScalar => parameter == typeof(bool) || IsBoundTo(parameter, typeof(bool), bindings),
        IntegerScalar => parameter == typeof(int) || parameter == typeof(long) || parameter == typeof(byte) || parameter == typeof(sbyte)
            || (parameter.IsGenericParameter && bindings.TryGetValue(parameter, out var bound) && bound != typeof(float) && bound != typeof(double) && bound != typeof(bool)),
        _ => false,
    };

    private static bool IsBoundTo(Type parameter, Type type, Dictionary<Type, Type> bindings) => parameter.IsGenericParameter && bindings.GetValueOrDefault(parameter) == type;

    private static bool Unify(Type parameter, Type actual, Dictionary<Type, Type> bindings)
    {
        if (parameter.IsGenericParameter)
        {
            return bindings.TryAdd(parameter, actual) || bindings[parameter] == actual;
        }

        if (parameter.IsGenericType && actual.IsGenericType && parameter.GetGenericTypeDefinition() == actual.GetGenericTypeDefinition())
        {
            return parameter.GetGenericArguments().Zip(actual.GetGenericArguments()).All(pair => Unify(pair.First, pair.Second, bindings));
        }

        return parameter == actual;
    }
}

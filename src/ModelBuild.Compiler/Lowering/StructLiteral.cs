using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A struct argument of a kernel call: a shape or an operation, made with the struct's primary constructor.</summary>
/// <param name="Type">The struct.</param>
/// <param name="Values">The constructor's arguments, in order.</param>
internal sealed record StructLiteral(Type Type, IReadOnlyList<Scalar> Values)
{
    /// <summary>A struct whose fields may depend on dimensions.</summary>
    public static StructLiteral Of<T>(params IReadOnlyList<Scalar> values)
        where T : struct => new(typeof(T), values);

    /// <summary>A struct that is known now: its constructor's parameters are read back from the properties or fields of the same names.</summary>
    public static StructLiteral From(object value)
    {
        var type = value.GetType();
        return new StructLiteral(type, [.. Constructor(type).Select(parameter => ScalarOf(Member(type, parameter.Name!, value)))]);
    }

    /// <summary>The constructor that makes the struct: the one with the most parameters.</summary>
    public static ConstructorInfo? FindConstructor(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).MaxBy(constructor => constructor.GetParameters().Length);

    public StructArgument ToArgument(string parameter)
    {
        var parameters = Constructor(Type);
        if (parameters.Length != Values.Count)
        {
            throw new InvalidOperationException($"{Type.Name} takes {parameters.Length} values, not {Values.Count}.");
        }

        return new StructArgument(parameter, ReferenceTo(Type), [.. parameters.Zip(Values, (p, value) => new StructField(p.Name!, value))]);
    }

    /// <summary>How a plan names a type.</summary>
    public static TypeReference ReferenceTo(Type type) => ClrTypes.IsElement(type)
        ? new TypeReference(ClrTypes.ElementOf(type).ShortName())
        : new TypeReference(type.Name.Split('`')[0], [.. type.GetGenericArguments().Select(ReferenceTo)]);

    /// <summary>A number of a kernel's argument list, in the form that a plan carries.</summary>
    public static Scalar ScalarOf(object value) => value switch
    {
        Scalar scalar => scalar,
        Dim dim => dim,
        float number => number,
        double number => number,
        bool truth => truth,
        int or long or byte or sbyte or short or ushort or uint => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        Enum choice => Convert.ToInt64(choice, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A value of type {value.GetType()} cannot be an argument of a kernel."),
    };

    private static ParameterInfo[] Constructor(Type type) => FindConstructor(type)?.GetParameters() ?? [];

    private static object Member(Type type, string name, object value)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.IgnoreCase;
        return type.GetProperty(name, Any)?.GetValue(value)
            ?? type.GetField(name, Any)?.GetValue(value)
            ?? throw new InvalidOperationException($"{type.Name} has no property '{name}' for its constructor's parameter.");
    }
}

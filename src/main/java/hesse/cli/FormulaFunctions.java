package hesse.cli;

import hesse.Expr;
import hesse.Functions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The functions that a {@link Formula} may call. */
record FormulaFunctions(int arity, Function<Expr[], Expr> body) {
    static final Map<String, FormulaFunctions> NAMED = new LinkedHashMap<>();

    static {
        unary("exp", Functions::exp);
        unary("expm1", Functions::expm1);
        unary("log", Functions::log);
        unary("log1p", Functions::log1p);
        unary("log2", Functions::log2);
        unary("log10", Functions::log10);
        unary("sqrt", Functions::sqrt);
        unary("cbrt", Functions::cbrt);
        unary("square", Functions::square);
        unary("sin", Functions::sin);
        unary("cos", Functions::cos);
        unary("tan", Functions::tan);
        unary("asin", Functions::asin);
        unary("acos", Functions::acos);
        unary("atan", Functions::atan);
        unary("sinh", Functions::sinh);
        unary("cosh", Functions::cosh);
        unary("tanh", Functions::tanh);
        unary("asinh", Functions::asinh);
        unary("acosh", Functions::acosh);
        unary("atanh", Functions::atanh);
        unary("erf", Functions::erf);
        unary("erfc", Functions::erfc);
        unary("normalCdf", Functions::normalCdf);
        unary("logNormalCdf", Functions::logNormalCdf);
        unary("logErfc", Functions::logErfc);
        unary("lgamma", Functions::lgamma);
        unary("digamma", Functions::digamma);
        unary("sigmoid", Functions::sigmoid);
        unary("softplus", Functions::softplus);
        unary("abs", Functions::abs);
        unary("sign", Functions::sign);
        binary("pow", Functions::pow);
        binary("atan2", Functions::atan2);
        binary("min", Functions::min);
        binary("max", Functions::max);
        binary("hypot", Functions::hypot);
        NAMED.put("fma", new FormulaFunctions(3, a -> Functions.fma(a[0], a[1], a[2])));
        NAMED.put("select", new FormulaFunctions(3, a -> Functions.select(a[0], a[1], a[2])));
    }

    private static void unary(String name, UnaryOperator<Expr> function) {
        NAMED.put(name, new FormulaFunctions(1, a -> function.apply(a[0])));
    }

    private static void binary(String name, BinaryOperator<Expr> function) {
        NAMED.put(name, new FormulaFunctions(2, a -> function.apply(a[0], a[1])));
    }

    Expr apply(Expr... args) {
        return body.apply(args);
    }
}

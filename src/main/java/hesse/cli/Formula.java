package hesse.cli;

import static hesse.cli.Formula.ItemKind.CALL;
import static hesse.cli.Formula.ItemKind.NAME;
import static hesse.cli.Formula.ItemKind.NUMBER;
import static hesse.cli.Formula.ItemKind.OPERATOR;

import hesse.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A formula in text: numbers, names, {@code + - * / ^}, parentheses and the functions of {@link FormulaFunctions}. ^ is
 * right-associative and binds tighter than a sign on its left: -x^2 is -(x^2), 2^-x^2 is 2^(-(x^2)). Parsed by operator
 * precedence into postfix order (Dijkstra's shunting yard), without recursion, so that nesting has no limit.
 */
final class Formula {
    /** What a postfix item does. */
    enum ItemKind {
        NUMBER,
        NAME,
        OPERATOR,
        CALL
    }

    /** One postfix item; the operator {@code ~} is the sign of a negative. */
    private record Item(ItemKind kind, String text, int column, int operands) {}

    /** A text that is not a formula, or a name that is not known; the message names the column. */
    static final class FormulaException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        FormulaException(int column, String message) {
            super("column " + column + ": " + message);
        }
    }

    private static final String PREFIX = "~";
    private static final String OPEN = "(";

    private final String text;
    private final List<Item> postfix = new ArrayList<>();
    private final Deque<Item> pending = new ArrayDeque<>();
    /** For every open parenthesis the number of arguments so far. */
    private final Deque<Integer> arguments = new ArrayDeque<>();
    private int position;

    private Formula(String text) {
        this.text = text;
    }

    static Formula parse(String text) {
        Formula formula = new Formula(text);
        formula.parse();
        return formula;
    }

    /** The formula as an expression of the named values; names that are not among them are pi and e. */
    Expr build(Map<String, Expr> names) {
        Deque<Expr> stack = new ArrayDeque<>();
        for (Item item : postfix) {
            Expr[] args = new Expr[item.operands];
            for (int i = args.length - 1; i >= 0; i--) {
                args[i] = stack.pop();
            }
            stack.push(value(item, args, names));
        }
        return stack.pop();
    }

    private static Expr value(Item item, Expr[] args, Map<String, Expr> names) {
        return switch (item.kind) {
            case NUMBER -> Expr.constant(Double.parseDouble(item.text));
            case NAME -> name(item, names);
            case CALL -> FormulaFunctions.NAMED.get(item.text).apply(args);
            case OPERATOR -> switch (item.text) {
                case PREFIX -> args[0].negate();
                case "+" -> args[0].plus(args[1]);
                case "-" -> args[0].minus(args[1]);
                case "*" -> args[0].times(args[1]);
                case "/" -> args[0].dividedBy(args[1]);
                default -> args[0].pow(args[1]);
            };
        };
    }

    private static Expr name(Item item, Map<String, Expr> names) {
        Expr value = names.get(item.text);
        if (value != null) {
            return value;
        }
        return switch (item.text) {
            case "pi" -> Expr.constant(Math.PI);
            case "e" -> Expr.constant(Math.E);
            default -> throw unknown(item, names.keySet());
        };
    }

    private static FormulaException unknown(Item item, Collection<String> known) {
        return new FormulaException(item.column, "unknown variable \"" + item.text + "\"; "
                + (known.isEmpty() ? "there are none" : "there are " + String.join(", ", known)));
    }

    /**
     * Those of the known names that occur in it.
     *
     * @throws FormulaException where it has a name that is neither known nor pi or e
     */
    Set<String> names(Collection<String> known) {
        Set<String> names = new LinkedHashSet<>();
        for (Item item : postfix) {
            boolean constant = item.text.equals("pi") || item.text.equals("e");
            if (item.kind == NAME && known.contains(item.text)) {
                names.add(item.text);
            } else if (item.kind == NAME && !constant) {
                throw unknown(item, known);
            }
        }
        return names;
    }

    private void parse() {
        boolean operand = true;
        while (skipSpace()) {
            operand = operand ? operand() : operator();
        }
        if (operand) {
            throw error(postfix.isEmpty() && pending.isEmpty() ? "the formula is empty"
                    : "the formula ends where an operand is expected");
        }
        while (!pending.isEmpty()) {
            if (isParenthesis(pending.peek())) {
                throw new FormulaException(pending.peek().column, "this parenthesis is never closed");
            }
            postfix.add(pending.pop());
        }
    }

    /** Reads what an operand may start with; whether an operand is still expected. */
    private boolean operand() {
        char c = text.charAt(position);
        if (c >= '0' && c <= '9' || c == '.') {
            return number();
        }
        if (Character.isLetter(c) || c == '_') {
            return name();
        }
        switch (c) {
            case '-' -> pending.push(new Item(OPERATOR, PREFIX, column(), 1));
            case '+' -> { }
            case '(' -> open(new Item(OPERATOR, OPEN, column(), 0));
            default -> throw error("expected a number, a name or '(', found '" + c + "'");
        }
        position++;
        return true;
    }

    private boolean number() {
        int start = position;
        skipDigits();
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            skipDigits();
        }
        if (position == start + 1 && text.charAt(start) == '.') {
            position = start;
            throw error("expected digits around '.'");
        }
        skipExponent();
        if (position < text.length() && (isNamePart(text.charAt(position)) || text.charAt(position) == '.')) {
            throw error("expected an operator after the number, found '" + text.charAt(position) + "'");
        }
        postfix.add(new Item(NUMBER, text.substring(start, position), start + 1, 0));
        return false;
    }

    private void skipExponent() {
        int mark = position;
        if (position < text.length() && (text.charAt(position) == 'e' || text.charAt(position) == 'E')) {
            position++;
            if (position < text.length() && (text.charAt(position) == '+' || text.charAt(position) == '-')) {
                position++;
            }
            int digits = position;
            skipDigits();
            position = position == digits ? mark : position;
        }
    }

    private boolean name() {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        String name = text.substring(start, position);
        if (!skipSpace() || text.charAt(position) != '(') {
            postfix.add(new Item(NAME, name, start + 1, 0));
            return false;
        }
        if (!FormulaFunctions.NAMED.containsKey(name)) {
            throw new FormulaException(start + 1, "unknown function \"" + name + "\"; there are "
                    + String.join(" ", FormulaFunctions.NAMED.keySet()));
        }
        open(new Item(CALL, name, start + 1, 0));
        position++;
        return true;
    }

    private void open(Item item) {
        pending.push(item);
        arguments.push(1);
    }

    /** Reads what may follow an operand; whether an operand is expected next. */
    private boolean operator() {
        char c = text.charAt(position);
        switch (c) {
            case '+', '-', '*', '/', '^' -> {
                popAbove(c == '^' ? precedence("^") + 1 : precedence(String.valueOf(c)));
                pending.push(new Item(OPERATOR, String.valueOf(c), column(), 2));
            }
            case ',' -> {
                popAbove(0);
                if (pending.isEmpty() || pending.peek().kind != CALL) {
                    throw error("a comma outside a function's arguments");
                }
                arguments.push(arguments.pop() + 1);
            }
            case ')' -> close();
            default -> throw error("expected an operator, found '" + c + "'");
        }
        position++;
        return c != ')';
    }

    private void close() {
        popAbove(0);
        if (pending.isEmpty()) {
            throw error("this parenthesis was never opened");
        }
        Item open = pending.pop();
        int count = arguments.pop();
        if (open.kind == CALL) {
            int expected = FormulaFunctions.NAMED.get(open.text).arity();
            if (count != expected) {
                throw new FormulaException(open.column, open.text + " takes " + expected
                        + (expected == 1 ? " argument" : " arguments") + ", found " + count);
            }
            postfix.add(new Item(CALL, open.text, open.column, count));
        }
    }

    /** Moves operators that bind at least as tightly to the output; stops at a parenthesis. */
    private void popAbove(int precedence) {
        while (!pending.isEmpty() && !isParenthesis(pending.peek()) && precedence(pending.peek().text) >= precedence) {
            postfix.add(pending.pop());
        }
    }

    private static boolean isParenthesis(Item item) {
        return item.kind == CALL || item.text.equals(OPEN);
    }

    private static int precedence(String operator) {
        return switch (operator) {
            case "+", "-" -> 1;
            case "*", "/" -> 2;
            case PREFIX -> 3;
            default -> 4;
        };
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void skipDigits() {
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
    }

    /** Whether there is more. */
    private boolean skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length();
    }

    private int column() {
        return position + 1;
    }

    private FormulaException error(String message) {
        return new FormulaException(column(), message);
    }
}
